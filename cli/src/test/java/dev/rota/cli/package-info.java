/** What all tests of the command line share. */
@NullMarked
package dev.rota.cli;

import org.jspecify.annotations.NullMarked;
