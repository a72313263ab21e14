namespace Deltoid.Store.Model;

/// <summary>
/// A row that belongs to a practice. <see cref="PracticeDb"/> shows a practice its own rows only, and writes none for
/// another.
/// </summary>
public abstract class Row
{
    public long Id { get; set; }

    /// <summary>Set when the row is written; never changed.</summary>
    public long PracticeId { get; set; }
}

/// <summary>
/// A row that is written once: the database refuses to change or remove it. What was wrong is put right by another row.
/// </summary>
public abstract class WrittenOnce : Row;
