namespace Deltoid.Notes;

/// <summary>A value of the encounter with the words that say it. A number or a yes keeps its kind in the
/// JSON.</summary>
/// <param name="Path">Within its entry: <c>dose</c>, <c>order/by</c>.</param>
internal sealed record NotedFact(string Path, object Value, int Start, int End, string By = "rule")
{
    public string Written => Value switch
    {
        true => "true",
        false => "false",
        int number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => (string)Value,
    };
}

/// <summary>What must be asked: the fact that is missing or contradicted, and what turns on it.</summary>
internal sealed record NoteQuestion(string Fact, string Path, string Decides, string[] Candidates, string[] Quotes);

/// <summary>Words that name a drug and say nothing of what was given here today.</summary>
internal sealed record IgnoredWords(int Start, int End, string Why);

/// <summary>A shot that the note says was refused or held: nothing of it is an entry, and a person may chart it so.
/// </summary>
/// <param name="Why">refused or held.</param>
internal sealed record RefusedShot(string Why, string Drug, string Dose, string Route, int Start, int End);

/// <summary>One drug as it was given, or drawn up and not given.</summary>
internal sealed class GivenDrug(Piece drug)
{
    public Piece Drug { get; } = drug;

    public bool IsNotGiven { get; init; }

    /// <summary>What belongs to it, in the order of the note.</summary>
    public List<Piece> Pieces { get; } = [];

    public List<NotedFact> Facts { get; } = [];

    public bool Has(string path) => Facts.Exists(f => f.Path == path);

    public void Add(string path, object value, int start, int end)
    {
        if (!Has(path)) Facts.Add(new(path, value, start, end));
    }

    public IEnumerable<Piece> Of(Bit kind) => Pieces.Where(p => p.Kind == kind);
}
