"""A board of tasks that everybody shares, drawn by a component that is not the adapter's."""

from kanban import Board, MoveData

import adapter as gr

Tasks = dict[str, list[str]]
tasks: gr.GlobalState[Tasks] = gr.GlobalState({"To do": ["Write"], "Doing": [], "Done": ["Plan"]}, name="tasks")


def add(text: str) -> tuple[str, Tasks]:
    if not text.strip():
        raise gr.Error("Say what is to be done.")
    tasks.get()["To do"].append(text.strip())
    return "", tasks.get()


def move(moved: MoveData) -> Tasks:
    """Apply what was moved to the board as it is now: others may have changed it since the page was drawn."""
    board = tasks.get()
    if moved.card not in board.get(moved.source, []) or moved.goal not in board:
        gr.Warning(f"Somebody else has moved {moved.card!r}.")
        return board
    board[moved.source].remove(moved.card)
    board[moved.goal].insert(moved.index, moved.card)
    return board


with gr.Blocks(title="Board") as demo:
    board = Board(label="Tasks", interactive=True)  # else, as an output only, it could not be changed
    new = gr.Textbox(label="New task", submit_btn="Add")
    new.submit(add, new, [new, board])
    board.move(move, None, board, api_visibility="private")  # an event of the page
    demo.load(tasks.get, None, board, api_name="tasks")

handler = gr.handler(demo)

if __name__ == "__main__":
    demo.launch()
