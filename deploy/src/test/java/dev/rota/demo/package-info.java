/** Tests of the package of the same name. */
@NullMarked
package dev.rota.demo;

import org.jspecify.annotations.NullMarked;
