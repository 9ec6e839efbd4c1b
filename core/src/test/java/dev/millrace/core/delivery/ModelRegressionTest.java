package dev.millrace.core.delivery;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ModelTest} has found, shrunk. What is mended also has a test of its own, because steps may change. */
final class ModelRegressionTest {
    /*
     * 1: the segments 285 and 285-1, of which the later was empty, were trimmed up to the last, 285-1; the next one was
     *    named 285 again, and lost what was in it to 285-1 when the journal was opened.
     * 2: a crash left the name of the segment 283-1 and nothing in it; the ones before it, which told the states of
     *    components, were trimmed, and no other had been begun when the journal was opened again.
     * 3: the segments that told the states of components were trimmed up to a new one, which was removed when the first
     *    write to it failed.
     * 4: what a failed force had never stored, and nobody was told is kept, is gone; a cursor waits in front of it.
     * 5: states of components without samples, in the last segment, took the room of all that waited for a flusher that
     *    drops, and it dropped everything.
     * 6: a cursor whose file could not be written anew told the next delivery what was not stored, so a half of a request
     *    left that was not written down.
     * 7: a cursor was read as a failed force had never stored it, and the last version that was stored was overwritten.
     * 10 to 12: what lay between the halves of a request and was not for the flusher was in the range of neither; after a
     *    kill it was counted late, or, where the conditions were others, it was sent after newer samples of its series.
     * 13: a flusher was removed while the disk failed, and its limit still refused what others had room for.
     * 14, 16: of a request of an earlier life the oldest samples were given up, and the position passed them before they
     *    were counted; or it stayed where the reader was, which then met some for the second time.
     * 15: the first samples of a request of an earlier life were not for the flusher any more, and held their room.
     * 17: the ranges of two requests of an earlier life met no more, or lay over each other, where the conditions changed.
     * 18: what was refused had stayed behind the end of a segment whose last record was damaged, and was read.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "setup:-1155869325 append:-258276172 append:-985540886 fault:600276151 append:-836540342"
                        + " append:-1099578295 append:609982904 append:2069007352 fault:-1956122223 append:-1617640095"
                        + " append:793310972 append:1855455376 append:-1492601190 append:-67333094 fault:887930872"
                        + " pass:1609107348 append:1990072188 restart:-2129721489 stop:966463784 heal:-843451650"
                        + " cut_power:-703021893 append:-755996415 kill:531163870",
                "setup:-1077765299 doom:-31918599 append_states:-1868591403 append:-1651262149"
                        + " append_states:2014894935 append:-1154917798 append_states:57380471 append:-1137365060"
                        + " append_states:-1102407660 sick:-366917799 fault:1550751693 append:-2038379980"
                        + " answer:965648547 cut_power:2017571859 stop:-1698067366",
                "setup:-1578323618 append:1971477003 append:746725069 regroup:-1906709919"
                        + " append:-1738886854 append:-805870505 append:-626590065 append:-1761756317"
                        + " append:-282530023 append:-323920783 append:-80097211 append:444273843 fault:718282991"
                        + " append:-10820397 append:1522918101 append:1699352760 append_states:-1750455277"
                        + " append:569025703 append_states:350501402 append:-1401316071 append:1657266235"
                        + " append:-1452820155 append:899767669 append:535923486 pass:-1707489319"
                        + " append:-454187806 pass:1911676847 answer_all:-128698972 answer:986667014"
                        + " fill_disk:-2100051226 append:1507143548 stop:1187285741",
                "setup:-414575611 fault:1397005340 append:-672986793 pass:-94426276 append:-1902106846"
                        + " fault:1924474669 pass:714289233 stop:564374693 append_states:-1713946402"
                        + " doom:-1441884320 answer:-1530625455 append_states:1124714975 cut_power:-482313034",
                "setup:-1150867590 reconfigure:-507692651 append_states:478933069 append:-1487375761"
                        + " pass:964801079 append_states:-277634724 pass:2144592875 kill:-680886061"
                        + " append_states:-695297507 reconfigure:-1885820232",
                "setup:1772394304 append:134657476 tear:-1846210399 append_late:-2007716410"
                        + " append_late:-1994887102 heal:-109128314 answer:1463270634 answer_all:-1436549552"
                        + " append:-1625766606 answer:-1848883460 sick:-276854039 answer:-633992751 pass:-850048294"
                        + " reconfigure:719238253 stop:2047689642",
                "setup:732080045 append_states:1941255576 append:761178063 heal:857632963 cut_power:2138398791"
                        + " append:1403039789 append:-457388481 append:-1394288776 sick:425732989"
                        + " fill_disk:920428226 stop:1206472216 answer:-1357357526 regroup:-1383826211"
                        + " answer:-1662604085 answer:846431700 answer:919546900 reconfigure:1516783892"
                        + " answer:1491157017 cut_power:1719095198",
                "setup:-654395536 append:1432214960 append:-1168083907 append:-570241427"
                        + " reconfigure:-1580257908 append_states:1402962623 append:2227549 regroup:511229400"
                        + " answer_all:-16764192 stop:-1680549320",
                "setup:-512566201 append_states:-1464771368 remove:306432158 answer_all:450566117"
                        + " answer_all:-1449500165 reconfigure:632349091 kill:-139163394 tear:-1822712357"
                        + " append_late:656662295 append_states:1270683377 cut_power:1615934493 append:1116548855"
                        + " append:1810636070 append:1917293542 stop:1630723507 append:-1164222584 pass:1865807631"
                        + " reconfigure:-671691397",
                "setup:-1593463787 append:-926178893 append:845671948 append:-1067965975 kill:-193388689"
                        + " append:-1182560557 turns:-871961856 reconfigure:-382804555 append:-1893084495"
                        + " append:1418404279 fill_disk:-2124055287 answer:1041738298 pass:640890841"
                        + " append:-410445154 doom:1704488625 answer:1513597031 answer:-1949140033"
                        + " answer:-261057796 append:-170811843",
                "setup:-966378702 append:163920067 pass:151853270 append:1795007873"
                        + " reconfigure:-1978824671 append_states:-394244516 append:-665864844"
                        + " append:-526546345 append_states:1286963674 append:-1955212265 append:-624168371"
                        + " append:1083764701 append:937915324 pass:-1651266027 answer:-1323878748"
                        + " pass:460729602 answer:-1381666876 reconfigure:199083142",
                "setup:-1335352898 regroup:-2105911292 append:1882839775 pass:-229239943"
                        + " append_states:17707117 fill_disk:167289437 append:-283955439 append:1355708421"
                        + " answer:-109849605 append:189645090 append:944641227 answer:360697497"
                        + " append:-1960745717 reconfigure:1894856969 append_states:207453334"
                        + " reconfigure:-153648943",
                "setup:1536567244 append_states:1945554418 add:-1749750934 append_late:-879587761"
                        + " append_late:914892158 append:1782592522 append:906840306 remove:-1069239218"
                        + " append_late:387115703 append:-2103492362 append_states:-1866748999"
                        + " append:-831691643 append:-822765465 append:894626966 append:190525484"
                        + " reconfigure:794775428 reconfigure:-2008779760 fault:144921890 remove:1131830169",
                "setup:922507999 append:364167734 append:-1952955692 append:1360113091"
                        + " append_late:-1607125633 append:-868712995 turns:-1127267803 reconfigure:2081229221"
                        + " append:1150324922 regroup:-1955319184 append_late:-537972636"
                        + " append_states:-372838269 answer:1012182399 append:-1692036498 pass:1719462225"
                        + " append:-1741836432 fill_disk:-69485824 append:-1257622487 append:-1361816567"
                        + " append:48588701 stop:1471778505 append:-1687479176 append:953738175"
                        + " answer:937929969 append:1052229704 remove:1523765767 append:-655068872"
                        + " answer:-1827919026 pass:1508224159 answer:-1509430228 stop:-603353925"
                        + " fault:-307861418 append:1011493195 pass:1267856783",
                "setup:-1328673139 append:-1336060606 append_states:-625229012 pass:1680358900"
                        + " reconfigure:1952267950 answer:2080973401 append_late:1087284589 pass:-1995467457"
                        + " append:1070279227 append:55044823 answer_all:-1773152777",
                "setup:-504925744 append:2020369591 append:-1911936669 doom:1105645439"
                        + " append:373542559 reconfigure:-617973387 append_states:1889161576 append:1451730358"
                        + " answer_all:192589653 pass:-1751487023 answer:1064020269 append_late:-1854346702"
                        + " tear:-2025806938 append:-1653441375 regroup:2082068293 pass:-1937250421"
                        + " answer:-330367324 append:1733148745 pass:1445710415 append_late:494848155"
                        + " reconfigure:-1277272889 kill:2145594657 regroup:-2129401902 reconfigure:-1468702135",
                "setup:1474732236 append:664820294 append:-960061357 append:2074289743"
                        + " append:-946692065 fault:-1158791130 tear:249431338 answer:2027044579"
                        + " answer_all:-312736161 answer:-718568784 reconfigure:-1824140710"
                        + " reconfigure:1307614801",
                "setup:357242474 append_states:197253758 append_states:123329749 kill:-1351669966"
                        + " cut_power:-1013974054 append:1098236853 append_states:-65380365 answer:1462118322"
                        + " fault:-686599373 append_states:-1857067893 append:-2108084602"
                        + " append_late:-1511228226 append_late:89170269 append_late:-635883937"
                        + " fill_disk:660178630 reconfigure:-895249029 free_disk:-960637310 pass:517746437"
                        + " append:-1554313622 stop:-773744760"
            })
    void keepsEveryPromise(String operations) {
        ModelRun.run(ModelOperation.parse(operations));
    }
}
