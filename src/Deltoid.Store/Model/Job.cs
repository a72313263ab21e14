namespace Deltoid.Store.Model;

/// <summary>What a job does.</summary>
public enum JobKind
{
    /// <summary>Take in what a payer answers: 835, 999, TA1, 277CA.</summary>
    TakeIn = 1,
    /// <summary>Import claims that were sent before, from an 837.</summary>
    Import = 2,
    /// <summary>Send claims to a payer.</summary>
    Send = 3,
    /// <summary>Take in payments without posting them: a person looks at them first.</summary>
    LookAt = 4,
    /// <summary>Check the claims of an 837 by all workers, and import nothing.</summary>
    Check = 5,
}

public enum JobState
{
    Waiting = 1,
    Running = 2,
    Done = 3,
    /// <summary>It cannot be done; <see cref="Job.Says"/> is the reason.</summary>
    Failed = 4,
}

/// <summary>
/// Work that continues after the request that asked for it has been answered. It is here before the answer is given, and
/// is done once, also when the program is killed in the middle.
/// </summary>
public sealed class Job : Row
{
    /// <summary>Of the form: what is sent again is the same job.</summary>
    public Guid Key { get; set; }

    public JobKind Kind { get; set; }

    /// <summary>The file's name; of what is sent, the payer's.</summary>
    public required string Name { get; set; }

    public JobState State { get; set; } = JobState.Waiting;

    public DateTime At { get; set; }

    public DateTime? EndedAt { get; set; }

    public long? PersonId { get; set; }

    /// <summary>Numbers of the claims to be sent, with blanks between them.</summary>
    public string Claims { get; set; } = "";

    /// <summary>The file that it is about, or that it made.</summary>
    public long? FileId { get; set; }

    /// <summary>Claims that are done, and how many there are; 0 while that is not known.</summary>
    public long Done { get; set; }

    public long Total { get; set; }

    /// <summary>Claims that were not taken, of those that are done.</summary>
    public long LeftOut { get; set; }

    /// <summary>Of a check: chunks that have no result yet.</summary>
    public int Parts { get; set; }

    /// <summary>Of a check: when its chunks were put into the queue, or the last of them was done.</summary>
    public DateTime? MovedAt { get; set; }

    /// <summary>Of a check: the code book that all of the file is checked by.</summary>
    public string Book { get; set; } = "";

    /// <summary>What came of it, a sentence on each line.</summary>
    public string Says { get; set; } = "";
}

/// <summary>The bytes of a job that are not yet a file of the practice; removed when they are.</summary>
public sealed class Upload : Row
{
    public long JobId { get; set; }

    public required byte[] Content { get; set; }
}
