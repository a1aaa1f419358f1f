/** How the API clients turn calls into figures. */
@NullMarked
package dev.rota.load.api;

import org.jspecify.annotations.NullMarked;
