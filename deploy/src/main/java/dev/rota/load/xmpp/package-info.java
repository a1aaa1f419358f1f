/** XMPP clients that send each other messages and count what is lost: plain sockets, one thread for each session. */
@NullMarked
package dev.rota.load.xmpp;

import org.jspecify.annotations.NullMarked;
