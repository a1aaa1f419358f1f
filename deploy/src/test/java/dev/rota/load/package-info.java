/** Tests of the package of the same name. */
@NullMarked
package dev.rota.load;

import org.jspecify.annotations.NullMarked;
