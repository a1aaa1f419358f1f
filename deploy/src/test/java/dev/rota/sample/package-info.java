/** Tests of the package of the same name. */
@NullMarked
package dev.rota.sample;

import org.jspecify.annotations.NullMarked;
