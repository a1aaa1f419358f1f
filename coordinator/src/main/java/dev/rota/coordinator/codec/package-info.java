/** Domain values to and from the journal's bytes and the wire's messages. */
@NullMarked
package dev.rota.coordinator.codec;

import org.jspecify.annotations.NullMarked;
