using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>A field of what is set up.</summary>
/// <param name="Label">In English; a page shows it in the language of its reader.</param>
/// <param name="Set">Takes what was typed; the fault where it cannot be so, else null.</param>
public sealed record SettingField(string Name, string Label, string Hint, Func<object, string> Get,
    Func<object, string, string?> Set)
{
    /// <summary>The only texts that it can have, each with how it is shown; null: any text.</summary>
    public IReadOnlyList<(string Word, string Shown)>? Choices { get; init; }

    /// <summary>Names of the practice's own, which are not translated.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Holds a day as 2026-03-02.</summary>
    public bool IsDay { get; init; }

    /// <summary>Where a list of choices under the field comes from; empty: it has none.</summary>
    public string Options { get; init; } = "";

    /// <summary>Other names of its column in a file that is imported, in lower case.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>May be left empty.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The text of a row as people read it.</summary>
    public string Shown(object row) => Shown(Get(row));

    public string Shown(string value) =>
        Choices?.FirstOrDefault(c => c.Word == value).Shown is { } shown ? IsOwn ? shown : T(shown)
        : IsDay && Days.TryRead(value, out var day) ? AsShown.Day(day)
        : value;
}

/// <summary>A kind of thing that a practice sets up, with its fields in the order of the form.</summary>
/// <param name="Name">In addresses.</param>
/// <param name="One">One of them, in the trail: <c>payer/3</c>.</param>
public sealed record SettingKind(string Name, string One)
{
    public required string Title { get; init; }

    /// <summary>Heads the form of a new one, and of one that is changed.</summary>
    public required string NewTitle { get; init; }

    public required string ChangeTitle { get; init; }

    /// <summary>Said while there is none: what to do first.</summary>
    public string Empty { get; init; } = "";

    public required IReadOnlyList<SettingField> Fields { get; init; }

    /// <summary>How many fields a list shows: those by which its rows are known.</summary>
    public int Columns { get; init; } = 5;

    public required Func<PracticeDb, Task<List<object>>> List { get; init; }

    public required Func<PracticeDb, long, Task<object?>> Find { get; init; }

    /// <summary>A new one, all empty.</summary>
    public required Func<object> Make { get; init; }

    /// <summary>What the form shows of a field; of a new row only a choice that it begins with.</summary>
    public string Shown(SettingField field, object? row) => row is not null ? field.Get(row)
        : field.Get(Make()) is var usual && field.Choices?.Any(c => c.Word == usual) == true ? usual : "";

    /// <summary>There is one, which is only changed.</summary>
    public bool IsOne { get; init; }

    /// <summary>Pages of one of them: the end of the address, and what the link says.</summary>
    public IReadOnlyList<(string Path, string Text)> Links { get; init; } = [];

    /// <summary>Whether a file of them can be imported.</summary>
    public bool IsImported { get; init; }
}

/// <summary>Fields of the usual kinds, and what is checked of them.</summary>
static class SettingFields
{
    public const int Longest = 200;

    public static SettingField Free<TRow>(string name, string label, string hint, Func<TRow, string> get,
        Action<TRow, string> set) => Checked(name, label, hint, get, set, static _ => null) with { IsOptional = true };

    public static SettingField Text<TRow>(string name, string label, string hint, Func<TRow, string> get,
        Action<TRow, string> set) =>
        Checked(name, label, hint, get, set, v => v.Length > 0 ? null : T("{0} is missing.", T(label)));

    public static SettingField Checked<TRow>(string name, string label, string hint, Func<TRow, string> get,
        Action<TRow, string> set, Func<string, string?> check) =>
        new(name, label, hint, of => get((TRow)of), (of, typed) => Take((TRow)of, typed, set, check));

    public static SettingField Chosen<TRow>(string name, string label, Func<TRow, string> get, Action<TRow, string> set,
        IReadOnlyList<(string Word, string Shown)> choices) =>
        Checked(name, label, "", get, set,
            v => choices.Any(c => c.Word == v) ? null : T("{0}: choose one of the list.", T(label)))
            with { Choices = choices };

    public static SettingField Day<TRow>(string name, string label, Func<TRow, DateOnly?> get,
        Action<TRow, DateOnly> set) =>
        Checked<TRow>(name, label, "2026-03-02", t => get(t) is { } day && day != default ? day.Iso() : "",
            (t, v) => set(t, Days.Read(v)), static v => Days.TryRead(v, out _) ? null : DayFault) with { IsDay = true };

    public static SettingField FreeDay<TRow>(string name, string label, Func<TRow, DateOnly?> get,
        Action<TRow, DateOnly?> set) =>
        Checked<TRow>(name, label, "2026-03-02", t => get(t)?.Iso() ?? "",
            (t, v) => set(t, v.Length == 0 ? null : Days.Read(v)),
            static v => v.Length == 0 || Days.TryRead(v, out _) ? null : DayFault)
            with { IsDay = true, IsOptional = true };

    static string DayFault => T("This is no day of the calendar: write it as 03/02/2026.");

    static string? Take<TRow>(TRow of, string typed, Action<TRow, string> set, Func<string, string?> check)
    {
        typed = typed.Trim();
        if (typed.Length > Longest) return T("This is too long: at most {0} characters.", Longest);
        if (check(typed) is { } fault) return fault;
        set(of, typed);
        return null;
    }

    public static string? Npi(string typed) => Values.Npi.TryParse(typed, out _) ? null
        : T("This NPI is not right: it has ten digits, and the last one checks the others.");

    public static string? Taxonomy(string typed) =>
        typed.Length == 0 || (typed.Length == 10 && typed[9] == 'X' && typed.All(char.IsAsciiLetterOrDigit)) ? null
        : T("A taxonomy code has ten characters and ends in X: 207Q00000X.");

    /// <summary>A state, a territory, or a post office of the armed forces.</summary>
    public static string? State(string typed) => typed.Length != 2 ? T("The state has two letters.")
        : Codes.States.NameOf(typed).Length > 0 || Elsewhere.Contains(typed, StringComparer.OrdinalIgnoreCase) ? null
        : T("There is no state with these letters.");

    static readonly string[] Elsewhere = ["AS", "MP", "FM", "MH", "PW", "AA", "AE", "AP"];

    public static string? Zip(string typed) => typed.StartsWith("00000", StringComparison.Ordinal)
            && typed.Length is 5 or 9 ? T("There is no ZIP code 00000.")
        : typed.Length is 5 or 9 && typed.All(char.IsAsciiDigit) ? null
        : typed.Length is 4 or 8 && typed.All(char.IsAsciiDigit)
            ? T("This ZIP code has a digit too few: a spreadsheet may have dropped a zero at its front.")
        : T("A ZIP code has five or nine digits, without a hyphen.");

    public static string? TaxId(string typed) => typed.Count(char.IsAsciiDigit) == 9
        && typed.All(static c => char.IsAsciiDigit(c) || c == '-') ? null
        : T("The tax number has nine digits: 12-3456789.");

    public static string? Phone(string typed) =>
        typed.Length == 0 || (typed.Length == 10 && typed.All(char.IsAsciiDigit)) ? null
        : T("The telephone number has ten digits.");

    public static decimal? Dollars(string typed) => TypedNumber.TryRead(typed, out var dollars)
        && dollars is > 0 and < 1_000_000 && decimal.Round(dollars, 2) == dollars ? dollars : null;
}
