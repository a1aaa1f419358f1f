package dev.rota.agent.action;

import dev.rota.contract.Work;

/** Does nothing: the proof is the action. */
final class WaitAction implements Action<Work.Wait> {
    @Override
    public Done perform(Work.Wait work, Task task) {
        return Done.at(task.context().clock().instant());
    }
}
