/** Tests of the package of the same name. */
@NullMarked
package dev.rota.crash;

import org.jspecify.annotations.NullMarked;
