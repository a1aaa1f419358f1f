/** The real product: an ejabberd cluster from Debian's packages on loopback, with haproxy before it and XMPP and HTTP API clients. */
@NullMarked
package dev.rota.demo.ejabberd;

import org.jspecify.annotations.NullMarked;
