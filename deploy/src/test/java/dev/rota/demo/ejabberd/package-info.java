/** What the real product relies on: its recipe and its faults. */
@NullMarked
package dev.rota.demo.ejabberd;

import org.jspecify.annotations.NullMarked;
