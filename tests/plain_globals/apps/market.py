prices = {"tea": 10, "rum": 30}
accounts = {}
trades = []
day = 1


class Account:
    def __init__(self, money):
        self.money = money
        self.goods = {}

    def take(self, good, amount):
        self.goods[good] = self.goods.get(good, 0) + amount


def account(name):
    if name not in accounts:
        accounts[name] = Account(100)
    return accounts[name]


def next_day():
    global day
    day += 1
    for good in prices:
        prices[good] += day
