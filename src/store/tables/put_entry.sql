INSERT INTO entry (day, lesson, served_at, served_offset, text, words, written_at, written_offset,
                   revised_at, revised_offset, revisions, late, step, step_when, step_state,
                   step_closed_on, step_outcome, afterthoughts, quiet)
VALUES (:day, :lesson, :served_at, :served_offset, :text, :words, :written_at, :written_offset,
        :revised_at, :revised_offset, :revisions, :late, :step, :step_when, :step_state,
        :step_closed_on, :step_outcome, :afterthoughts, :quiet)
ON CONFLICT (day) DO UPDATE SET
    lesson = :lesson, served_at = :served_at, served_offset = :served_offset, text = :text,
    words = :words, written_at = :written_at, written_offset = :written_offset,
    revised_at = :revised_at, revised_offset = :revised_offset, revisions = :revisions,
    late = :late, step = :step, step_when = :step_when, step_state = :step_state,
    step_closed_on = :step_closed_on, step_outcome = :step_outcome,
    afterthoughts = :afterthoughts, quiet = :quiet
