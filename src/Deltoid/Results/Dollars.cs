using System.Globalization;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>Money as people write it: <c>$1,234.50</c>, <c>-$0.10</c>.</summary>
static class Dollars
{
    public static string Of(Money money) =>
        string.Create(CultureInfo.InvariantCulture, $"{(money.Cents < 0 ? "-" : "")}${Math.Abs(money.Dollars):N2}");

    /// <summary>With a sign that says which way it moved.</summary>
    public static string Moved(Money money) => money.Cents > 0 ? "+" + Of(money) : Of(money);
}
