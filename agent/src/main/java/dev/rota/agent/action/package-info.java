/** What a recipe can ask for: one class for each kind of action, the conditions, and the observation of the product. */
@NullMarked
package dev.rota.agent.action;

import org.jspecify.annotations.NullMarked;
