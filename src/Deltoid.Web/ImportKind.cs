using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>A column that an import knows.</summary>
/// <param name="Aliases">Names that other programs give it, in lower case.</param>
public sealed record ImportColumn(string Name, string Label, string Hint, IReadOnlyList<string> Aliases,
    bool IsRequired)
{
    public IReadOnlyList<(string Word, string Shown)>? Choices { get; init; }

    public bool IsDay { get; init; }

    internal static ImportColumn Of(SettingField field) => new(field.Name, field.Label, field.Hint, field.Aliases,
        !field.IsOptional) { Choices = field.Choices, IsDay = field.IsDay };

    /// <summary>A cell as the field takes it: days as 2026-03-02, a choice by its word.</summary>
    internal string Normal(string cell)
    {
        if (IsDay && DateOnly.TryParseExact(cell, Written, CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day)) return day.Iso();
        if (Choices is null || cell.Length == 0) return cell;
        foreach (var (word, shown) in Choices)
            if (Is(cell, word) || Is(cell, shown) || Is(cell, Texts.T(shown))
                || (cell.Length == 1 && shown.Length > 1 && Is(cell, shown[..1]))) return word;
        return cell;
    }

    static bool Is(string cell, string text) => cell.Equals(text, StringComparison.OrdinalIgnoreCase);

    static readonly string[] Written = ["yyyy-MM-dd", "MM/dd/yyyy", "M/d/yyyy", "yyyyMMdd", "MM-dd-yyyy", "M-d-yyyy"];

    /// <summary>Whether a header names this column.</summary>
    internal bool IsNamed(string header)
    {
        var name = Folded(header);
        return name.Length > 0 && (name == Folded(Name) || name == Folded(Label) || name == Folded(Texts.T(Label))
            || Aliases.Any(a => Folded(a) == name));
    }

    static string Folded(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

/// <summary>What came of a row.</summary>
public enum ImportOutcome
{
    Created = 1,
    Changed = 2,
    /// <summary>It was here as it is.</summary>
    Same = 3,
    Failed = 4,
}

/// <summary>A row with what came of it, and what is wrong with which of its cells.</summary>
/// <param name="Faults">By column; the row as a whole is under "".</param>
public sealed record ImportedRow(int Line, string[] Cells, ImportOutcome Outcome,
    IReadOnlyDictionary<string, string> Faults)
{
    public string Reason => string.Join(' ', Faults.Values);

    /// <summary>How cells will be kept, by column, where that is not as they came.</summary>
    public IReadOnlyDictionary<string, string> Kept { get; init; } = new Dictionary<string, string>();
}

/// <summary>A kind of row that can be imported.</summary>
/// <param name="Key">By what a row is known again, in words.</param>
sealed record ImportKind(string Name, string Title, string Key, IReadOnlyList<ImportColumn> Columns)
{
    /// <summary>Makes what takes the rows of one import; within a change.</summary>
    public required Func<ImportRun, Task<ImportTaker>> Begin { get; init; }
}

/// <summary>What an import works with.</summary>
sealed record ImportRun(PracticeDb Db, Engine Engine, DateTime Now, DateOnly Today);

/// <summary>Takes one row after the other; what it throws away it has not touched.</summary>
abstract class ImportTaker
{
    /// <summary>Takes a row.</summary>
    /// <param name="cells">By column; an empty cell is not said.</param>
    /// <param name="faults">Gets what is wrong; then nothing was taken.</param>
    public abstract Task<ImportOutcome> Take(Dictionary<string, string> cells, Dictionary<string, string> faults);

    /// <summary>All rows were taken: writes them, with their events.</summary>
    public abstract Task End();

    /// <summary>Tries the cells on an empty one.</summary>
    protected static void Try(SettingKind kind, Dictionary<string, string> cells, bool isNew,
        Dictionary<string, string> faults)
    {
        var scratch = kind.Make();
        foreach (var field in kind.Fields)
        {
            var cell = cells.GetValueOrDefault(field.Name, "");
            if (cell.Length == 0 && (!isNew || field.IsOptional)) continue;
            if (field.Set(scratch, cell) is { } fault) faults[field.Name] = fault;
        }
    }

    /// <summary>Whether a row can be so; what is wrong is with its cell.</summary>
    protected static bool IsWhole(ImportRun run, object row, IReadOnlyCollection<Payer> payers,
        Dictionary<string, string> faults)
    {
        try
        {
            RowCheck.Of(row, run.Engine.Book, run.Today, payers);
            return true;
        }
        catch (InputException e)
        {
            faults[e.At] = $"{e.Message} {e.Try}".Trim();
            return false;
        }
    }

    /// <summary>How cells of the row that was taken last are kept, by column, where that is not as they came.</summary>
    public Dictionary<string, string> Kept { get; } = [];

    protected void Note(SettingKind kind, object row, Dictionary<string, string> cells)
    {
        foreach (var field in kind.Fields)
            if (cells.GetValueOrDefault(field.Name, "") is { Length: > 0 } cell && field.Get(row) is var kept
                && !kept.Equals(cell, StringComparison.OrdinalIgnoreCase))
                Kept[field.Name] = field.Shown(row);
    }

    protected static void Fill(SettingKind kind, object row, Dictionary<string, string> cells)
    {
        foreach (var field in kind.Fields)
            if (cells.GetValueOrDefault(field.Name, "") is { Length: > 0 } cell) field.Set(row, cell);
    }
}
