/** The means of the views: tables, wrapped lines, colours, times and sizes as people read them. */
@NullMarked
package dev.rota.cli.view.layout;

import org.jspecify.annotations.NullMarked;
