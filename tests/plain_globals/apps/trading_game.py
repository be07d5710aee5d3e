import gradio as gr
import market
from market import account, trades


def buy(name, good, amount):
    owner = account(name)
    cost = market.prices[good] * int(amount)
    if cost > owner.money:
        return f"{owner.money} is not enough for {cost}", describe(name)
    owner.money -= cost
    owner.take(good, int(amount))
    trades.append((market.day, name, good, int(amount)))
    return f"paid {cost}", describe(name)


def describe(name):
    owner = account(name)
    return {"money": owner.money, "goods": owner.goods, "trades": len(trades)}


def tomorrow():
    market.next_day()
    return {"day": market.day, "prices": market.prices, "trades": [list(trade) for trade in trades]}


with gr.Blocks() as demo:
    name, good, amount = gr.Textbox(), gr.Textbox(), gr.Number()
    said, mine, all_of_it = gr.Textbox(), gr.JSON(), gr.JSON()
    gr.Button().click(buy, [name, good, amount], [said, mine], api_name="buy")
    gr.Button().click(tomorrow, None, all_of_it, api_name="tomorrow")

demo.launch()
