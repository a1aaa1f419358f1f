/** The messages stay readable by the version before and the version after. */
@NullMarked
package dev.rota.wire;

import org.jspecify.annotations.NullMarked;
