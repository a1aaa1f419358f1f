/** How the XMPP clients count and how they behave when connections are lost. */
@NullMarked
package dev.rota.load.xmpp;

import org.jspecify.annotations.NullMarked;
