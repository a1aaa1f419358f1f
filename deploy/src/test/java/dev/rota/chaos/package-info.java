/** Tests of the package of the same name. */
@NullMarked
package dev.rota.chaos;

import org.jspecify.annotations.NullMarked;
