/** The commands of the program: what they take, what they ask for, which view shows the answer. */
@NullMarked
package dev.rota.cli.command;

import org.jspecify.annotations.NullMarked;
