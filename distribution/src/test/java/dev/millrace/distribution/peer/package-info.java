/** Real servers as plain processes on loopback, found in the folder that {@code -Dmillrace.peers} names. */
package dev.millrace.distribution.peer;
