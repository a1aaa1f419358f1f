/** End-to-end tests: real processes, the real command line, kill -9. */
@NullMarked
package dev.rota.e2e;

import org.jspecify.annotations.NullMarked;
