/** What is shown: pure functions from the coordinator's answers to text or JSON. */
@NullMarked
package dev.rota.cli.view;

import org.jspecify.annotations.NullMarked;
