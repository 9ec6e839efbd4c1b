package dev.millrace.core.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server of prepared answers, over UDP and TCP, which notes what it is asked. */
final class FakeNameServer implements AutoCloseable {
    static final int NO_ERROR = 0;
    static final int NO_SUCH_NAME = 3;
    static final int REFUSED = 5;
    private static final int CUT = 0x200;

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final int otherwise;
    private final DatagramSocket datagrams;
    private final ServerSocket connections;

    /** Answers names that it does not know with a code; with -1 not at all. */
    FakeNameServer(int otherwise) throws IOException {
        this.otherwise = otherwise;
        this.connections = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.datagrams = new DatagramSocket(connections.getLocalSocketAddress());
        start(this::serveDatagrams);
        start(this::serveConnections);
    }

    private record Answer(List<byte[]> records, boolean cut) {}

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException closed) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers a name with records. */
    FakeNameServer with(String name, byte[]... records) {
        answers.put(name, new Answer(List.of(records), false));
        return this;
    }

    /** Answers a name with records over TCP only; a datagram has the first of them. */
    FakeNameServer withMany(String name, byte[]... records) {
        answers.put(name, new Answer(List.of(records), true));
        return this;
    }

    /** Nobody listens to TCP any more. */
    FakeNameServer withoutConnections() throws IOException {
        connections.close();
        return this;
    }

    /** A record of the name that is asked for. */
    static byte[] record(int type, byte[] data) {
        return ByteBuffer.allocate(12 + data.length)
                .putShort((short) 0xc00c)
                .putShort((short) type)
                .putShort((short) 1)
                .putInt(60)
                .putShort((short) data.length)
                .put(data)
                .array();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) connections.getLocalSocketAddress();
    }

    /** Names and types, as {@code name./1}, with {@code tcp} behind it where it was asked over TCP. */
    List<String> asked() {
        return asked;
    }

    private void serveDatagrams() throws IOException {
        byte[] buffer = new byte[4096];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            datagrams.receive(packet);
            byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()), false);
            if (answer.length > 0) {
                datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        }
    }

    private void serveConnections() throws IOException {
        while (true) {
            try (Socket socket = connections.accept();
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
                byte[] question = in.readNBytes(in.readUnsignedShort());
                byte[] answer = answer(ByteBuffer.wrap(question), true);
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
                in.readNBytes(1); // until the client closes it
            }
        }
    }

    private byte[] answer(ByteBuffer question, boolean whole) {
        short id = question.getShort();
        question.position(12);
        StringBuilder name = new StringBuilder();
        for (int length = question.get(); length > 0; length = question.get()) {
            byte[] label = new byte[length];
            question.get(label);
            name.append(new String(label, StandardCharsets.US_ASCII)).append('.');
        }
        short type = question.getShort();
        int end = question.position() + Short.BYTES;
        asked.add(name + "/" + type + (whole ? "/tcp" : ""));
        Answer answer = answers.get(name.toString());
        if (answer == null && otherwise < 0) {
            return new byte[0];
        }
        boolean cut = answer != null && answer.cut() && !whole;
        List<byte[]> records =
                answer == null ? List.of() : cut ? answer.records().subList(0, 1) : answer.records();
        int flags = 0x8180 | (cut ? CUT : 0) | (answer == null ? otherwise : NO_ERROR);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(12)
                .putShort(id)
                .putShort((short) flags)
                .putShort((short) 1)
                .putShort((short) records.size())
                .array());
        out.write(question.array(), question.arrayOffset() + 12, end - 12);
        records.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** Nobody listens any more. */
    void end() throws IOException {
        datagrams.close();
        connections.close();
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
