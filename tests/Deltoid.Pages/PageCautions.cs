using Deltoid.Results;

namespace Deltoid.Pages;

/// <summary>
/// The fence <c>cautions</c>: what must not be added, a line each; the beginnings up to a colon are compared, all of
/// them, in order.
/// </summary>
internal static class PageCautions
{
    public static string Print(CodedVisit visit) => string.Join('\n', Cautions.Of(visit).Select(static c => c.Text));

    public static string Compare(CodedVisit visit, string text)
    {
        var stated = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Beginning);
        return stated.SequenceEqual(Cautions.Of(visit).Select(static c => Beginning(c.Text))) ? ""
            : "other cautions came out";
    }

    static string Beginning(string caution) => caution.Split(':')[0];
}
