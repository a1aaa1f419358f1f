/** Reads YAML files so that every value knows its line and column, and one pass reports every mistake. */
@NullMarked
package dev.rota.contract.yaml;

import org.jspecify.annotations.NullMarked;
