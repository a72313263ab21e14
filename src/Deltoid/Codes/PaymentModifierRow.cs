using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>A charted fact, beside diagnosis and route, that earns a modifier.</summary>
internal enum ModifierFact
    : byte { None, OwnDiagnosis, NoticeSigned, NoticeVoluntary, NoticeNotGiven, Excepted, NonExcepted }

/// <summary>
/// A modifier that decides how a line is paid, the lines it is for, and the charted fact that earns it. Rows of one set
/// stand together and exclude each other: one is earned, or the chart is asked.
/// </summary>
internal sealed class PaymentModifierRow
{
    public string Set { get; init; } = "";

    /// <summary>For lines of drugs alone, or for every line of the claim.</summary>
    public bool IsOfDrugs { get; init; }

    /// <summary>The codes it is for; every one when there is none.</summary>
    public Code[] Codes { get; init; } = [];

    public Code[] Except { get; init; } = [];

    public string Payers { get; init; } = "";

    public Setting Setting { get; init; }

    public Code[] Places { get; init; } = [];

    /// <summary>None: the fact says that no modifier of the set is due.</summary>
    public Modifier Modifier { get; init; }

    /// <summary>One of these diagnoses, or beginnings of them, without dots; no condition when empty.</summary>
    public string[] Diagnoses { get; init; } = [];

    /// <summary>And one of these beside it.</summary>
    public string[] With { get; init; } = [];

    /// <summary>And none of these.</summary>
    public string[] Without { get; init; } = [];

    public string Routes { get; init; } = "";

    public ModifierFact Fact { get; init; }

    /// <summary>
    /// The id of the finding that asks, where no row of the set is earned or several are; empty when nothing is asked.
    /// </summary>
    public string Asks { get; init; } = "";

    public DateRange Dates { get; init; }

    public byte Source { get; init; }

    /// <summary>Whether a line is one that the row speaks of.</summary>
    public bool IsFor(Code code, bool isDrug, Code place, Setting setting, DateOnly day) =>
        Dates.Contains(day) && (isDrug || !IsOfDrugs) && (Codes.Length == 0 || Codes.Contains(code))
            && !Except.Contains(code) && (Setting == Setting.None || Setting == setting)
            && (Places.Length == 0 || Places.Contains(place));

    /// <summary>Whether the diagnoses are those of the row; the one that says so, where there is one.</summary>
    public bool IsSupported(IReadOnlyList<Code> diagnoses, out Code by)
    {
        by = Covered(Diagnoses, diagnoses);
        return (Diagnoses.Length == 0 || !by.IsNone) && (With.Length == 0 || !Covered(With, diagnoses).IsNone)
            && Covered(Without, diagnoses).IsNone;
    }

    static Code Covered(string[] beginnings, IReadOnlyList<Code> diagnoses)
    {
        for (var i = 0; i < diagnoses.Count; i++)
            foreach (var beginning in beginnings)
                if (diagnoses[i].StartsWith(beginning)) return diagnoses[i];
        return default;
    }
}
