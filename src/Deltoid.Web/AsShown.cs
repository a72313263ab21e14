using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Claims;
using Deltoid.Store.Model;

namespace Deltoid.Web;

/// <summary>Days, money and states as people write them.</summary>
static partial class AsShown
{
    /// <summary>
    /// What is wrong with a form, and what to do, in whole sentences. The place in the document that was made of the
    /// form says nothing to a person.
    /// </summary>
    public static string Wrong(Values.InputException of) => $"{Whole(of.Message)} {Whole(of.Try)}".Trim();

    static string Whole(string? text) => Position().Replace(text ?? "", "") is { Length: > 0 } said
        ? Results.Sentence.Capital(said) + (said[^1] is '.' or '?' ? "" : ".") : "";

    [GeneratedRegex(@" at \d+:\d+(?=\W|$)")]
    private static partial Regex Position();

    public static string Money(long cents) =>
        (cents / 100m).ToString("$#,0.00;−$#,0.00", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);

    /// <summary>How far a day is, from today.</summary>
    public static string Away(int days) => days switch
    {
        0 => Texts.T("today"),
        1 => Texts.T("tomorrow"),
        -1 => Texts.T("yesterday"),
        < 0 => Texts.T("{0} days ago", -days),
        _ => Texts.T("{0} days left", days),
    };

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Moment(DateTime at) =>
        at.ToLocalTime().ToString("MM/dd/yyyy HH:mm", CultureInfo.InvariantCulture);

    public static string Of(ClaimLife life) => life switch
    {
        ClaimLife.Held => "held",
        ClaimLife.Ready => "ready to send",
        ClaimLife.Sent => "sent",
        ClaimLife.Accepted => "accepted",
        ClaimLife.Rejected => "rejected",
        ClaimLife.Answered => "answered, something is left to do",
        _ => "closed",
    };

    /// <summary>The modifiers of a line, each after a hyphen.</summary>
    public static string ModifiersOf(ServiceLine line) => line.Modifiers.Count == 0 ? "" : "-" + line.Modifiers;

    public static string Of(StockSource source) => source switch
    {
        StockSource.Own => "own",
        StockSource.Vfc => "VFC",
        StockSource.Discount340B => "340B",
        StockSource.Specialty => "specialty pharmacy",
        StockSource.Patient => "patient's own",
        _ => "sample",
    };

    public static string Of(MovementKind kind) => kind switch
    {
        MovementKind.Received => "received",
        MovementKind.Given => "given",
        MovementKind.Discarded => "discarded",
        MovementKind.Returned => "returned",
        MovementKind.Expired => "expired",
        _ => "counted",
    };

    /// <summary>Icon and word, so that color alone never says it.</summary>
    public static (string Icon, string Word, string Class) Mark(int errors, int warnings) =>
        errors > 0 ? ("✖", "must be mended", "bad")
        : warnings > 0 ? ("▲", "look at it", "warn")
        : ("✔", "clean", "good");
}
