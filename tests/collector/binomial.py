"""Bounds of a binomial count: outside of them with a probability of at most 1 - level."""
import math


def log_probability(n, p, k):
    return (math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) +
            k * math.log(p) + (n - k) * math.log1p(-p))


def bounds(n, p, level=0.999):
    """(low, high), both inside; half of what is left over lies below, half above."""
    tail = (1 - level) / 2
    below, low = 0.0, 0
    while below + math.exp(log_probability(n, p, low)) <= tail:
        below += math.exp(log_probability(n, p, low))
        low += 1
    above, high = 0.0, n
    while above + math.exp(log_probability(n, p, high)) <= tail:
        above += math.exp(log_probability(n, p, high))
        high -= 1
    return low, high


def check():
    # Ten throws of a fair coin: 0 and 10 heads have 1/1024 each, 1 and 9 have 10/1024.
    assert bounds(10, 0.5, 0.99) == (1, 9), bounds(10, 0.5, 0.99)
    assert bounds(10, 0.5, 0.999) == (0, 10), bounds(10, 0.5, 0.999)
    low, high = bounds(20000, 0.05)
    # The normal approximation is off by little for so many: 3.29 standard deviations.
    deviation = 3.2905 * math.sqrt(20000 * 0.05 * 0.95)
    assert abs(low - (1000 - deviation)) < 3 and abs(high - (1000 + deviation)) < 3, (low, high)


check()
