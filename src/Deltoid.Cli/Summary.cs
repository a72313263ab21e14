using System.Globalization;
using Deltoid.Batch;

namespace Deltoid.Cli;

/// <summary>The last line for people: what was read and what came of it.</summary>
static class Summary
{
    public static string Of(Totals totals) => string.Create(CultureInfo.InvariantCulture,
        $"{Count(totals.Claims, "claim")}, {totals.Clean:N0} clean; {FindingsOf(totals)}");

    public static string FindingsOf(Totals totals) =>
        $"{Count(totals.Findings[2], "error")}, {Count(totals.Findings[1], "warning")}, "
            + $"{Count(totals.Findings[0], "note")}"
            + $"{(totals.Refused > 0 ? $"; {Count(totals.Refused, "part")} not read" : "")}";

    public static string Count(long number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}{(number == 1 ? "" : "s")}");
}
