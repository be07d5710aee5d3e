"""A list of scores that everybody shares: the three highest are shown after each new one."""

import adapter as gr

scores: gr.GlobalState[list[float]] = gr.GlobalState([], name="scores")


def track_score(score: float | None) -> list[float]:
    if score is None:
        raise gr.Error("Enter a score first.")
    scores.append(score)
    return sorted(scores, reverse=True)[:3]


demo = gr.Interface(
    track_score,
    gr.Number(label="Score"),
    gr.JSON(label="Top scores"),
    title="Score tracker",
    description="Everybody who has this page open adds to the same list.",
    api_name="predict",
)
handler = gr.handler(demo)

if __name__ == "__main__":
    demo.launch()
