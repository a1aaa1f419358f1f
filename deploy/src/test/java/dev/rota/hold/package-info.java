/** What an operator sees of each hold. */
@NullMarked
package dev.rota.hold;

import org.jspecify.annotations.NullMarked;
