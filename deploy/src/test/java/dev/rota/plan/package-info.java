/** What operators see when they plan. */
@org.jspecify.annotations.NullMarked
package dev.rota.plan;
