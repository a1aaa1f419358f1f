package dev.rota.agent.action;

import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Sends one HTTP request. Only a refused connection is tried again, shortly: once something was sent it may have taken effect, and
 * sending it again is for whoever reads the failure to decide.
 */
final class HttpAction implements Action<Work.Http> {
    private static final int TRIES = 3;
    /** A timer set to the deadline may ring this much too early. */
    private static final Duration TIMER_SLACK = Duration.ofMillis(20);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);

    @Override
    public Done perform(Work.Http work, Task task) throws ActionFailure, IOException, InterruptedException {
        Instant begun = task.context().clock().instant();
        String what = work.method() + " " + work.url();
        HttpClient.Answer answer = answer(work, task, what);
        Optional<String> refusal = HttpClient.refusal(work, answer);
        if (refusal.isPresent()) {
            throw new ActionFailure(Code.HTTP_STATUS, what + " " + refusal.get(), answer.body());
        }
        Instant now = task.context().clock().instant();
        return new Done(now, Duration.between(begun, now).toMillis(), Map.of(), answer.body());
    }

    private static HttpClient.Answer answer(Work.Http work, Task task, String what)
            throws ActionFailure, InterruptedException {
        for (int left = TRIES - 1; ; left--) {
            try {
                return HttpClient.send(work, task.deadline().remaining());
            } catch (ConnectException e) {
                if (left == 0 || task.deadline().passed()) {
                    throw new ActionFailure(Code.HTTP_STATUS, what + ": cannot connect: " + e.getMessage());
                }
                task.deadline().pause(BETWEEN_TRIES);
            } catch (IOException e) {
                boolean late = task.deadline().remaining().compareTo(TIMER_SLACK) <= 0;
                throw new ActionFailure(
                        late ? Code.TIMED_OUT : Code.HTTP_STATUS,
                        what + " was not answered" + (late ? " before its deadline" : ": " + e.getMessage()));
            }
        }
    }
}
