namespace Deltoid.Store.Model;

/// <summary>A policy of the practice in one of its versions. An earlier version stays as it was.</summary>
public sealed class Policy : WrittenOnce
{
    public required string Name { get; set; }

    /// <summary>From 1, without gaps, for each name.</summary>
    public int Version { get; set; }

    /// <summary>The day from which it holds.</summary>
    public DateOnly From { get; set; }

    public required string Text { get; set; }

    /// <summary>A file instead of the text, or beside it; empty: none.</summary>
    public string FileName { get; set; } = "";

    public byte[]? Content { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}

/// <summary>A person says that they have read this version of a policy.</summary>
public sealed class PolicyReading : WrittenOnce
{
    public long PolicyId { get; set; }

    public long ReaderId { get; set; }

    public DateTime At { get; set; }
}

/// <summary>In a quarter the owner has looked at what a person may do.</summary>
public sealed class AccessCheck : WrittenOnce
{
    /// <summary>2026-Q4.</summary>
    public required string Quarter { get; set; }

    public long OfId { get; set; }

    /// <summary>As it was when it was looked at.</summary>
    public Role Role { get; set; }

    /// <summary>When the person was last here; null: never.</summary>
    public DateTime? SeenAt { get; set; }

    /// <summary>False: the person may no longer sign in.</summary>
    public bool IsKept { get; set; }

    public string Why { get; set; } = "";

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}

/// <summary>The list of excluded persons was compared with who works here.</summary>
public sealed class ExclusionCheck : WrittenOnce
{
    /// <summary>The day of the list, as a person says it.</summary>
    public DateOnly ListDay { get; set; }

    public required string FileName { get; set; }

    /// <summary>SHA-256 of the file.</summary>
    public required string Digest { get; set; }

    /// <summary>Rows of the list, and how many names of the practice were looked for.</summary>
    public int Rows { get; set; }

    public int Screened { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}

/// <summary>Whether somebody on the list is who works here.</summary>
public enum MatchDecision
{
    Open = 0,
    Same = 1,
    Other = 2,
}

/// <summary>Somebody on the list of excluded persons who may be one who works here: a person decides.</summary>
public sealed class ExclusionMatch : Row
{
    public long CheckId { get; set; }

    /// <summary>Who works here: provider/3, person/2, practice.</summary>
    public required string Subject { get; set; }

    /// <summary>The name here, and the name on the list.</summary>
    public required string Name { get; set; }

    public required string Listed { get; set; }

    public string ListedNpi { get; set; } = "";

    public DateOnly? ListedBirth { get; set; }

    /// <summary>The section of the law, as the list has it: 1128a1.</summary>
    public required string Type { get; set; }

    public DateOnly ExcludedOn { get; set; }

    /// <summary>By what they are alike: NPI, name and birth date, name.</summary>
    public required string How { get; set; }

    public MatchDecision Decision { get; set; }

    public string Why { get; set; } = "";

    public DateTime? DecidedAt { get; set; }

    public long? DecidedById { get; set; }
}

/// <summary>The birth date of somebody who works here: people of one name differ by it.</summary>
public sealed class StaffBirth : Row
{
    /// <summary>provider/3 or person/2.</summary>
    public required string Subject { get; set; }

    public DateOnly Day { get; set; }
}

/// <summary>A license, a registration or an insurance, and its last day.</summary>
public sealed class Credential : Row
{
    /// <summary>Whose it is: provider/3, person/2, practice.</summary>
    public required string Subject { get; set; }

    /// <summary>license, DEA, CPR, CLIA, malpractice, certification, other.</summary>
    public required string Kind { get; set; }

    public required string Number { get; set; }

    public string State { get; set; } = "";

    public DateOnly From { get; set; }

    public DateOnly Expires { get; set; }

    /// <summary>It is not watched any more; null while it is.</summary>
    public DateOnly? EndedOn { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}
