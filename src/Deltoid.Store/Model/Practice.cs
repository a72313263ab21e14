using Microsoft.AspNetCore.Identity;

namespace Deltoid.Store.Model;

/// <summary>A practice: all that it keeps is its own.</summary>
public sealed class Practice
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>The billing provider's NPI and tax number, as its claims show them.</summary>
    public required string Npi { get; set; }

    public required string TaxId { get; set; }

    public string Taxonomy { get; set; } = "";

    public string Phone { get; set; } = "";

    public required Address Address { get; set; }

    /// <summary>The next free claim number, and the next control number of a file that leaves.</summary>
    public long NextClaim { get; set; } = 1;

    public int NextControl { get; set; } = 1;

    /// <summary>The last day whose books are closed; null where none are.</summary>
    public DateOnly? ClosedThru { get; set; }

    /// <summary>
    /// The version of the code book that the claims which have not left are judged by; null in a new practice.
    /// </summary>
    public string? JudgedBy { get; set; }

    /// <summary>While they are judged again: the last claim, by id, that was. Null: all are.</summary>
    public long? JudgedThru { get; set; }

    /// <summary>Goes up with each change of what is set up; the database itself counts (<c>SetUpRows</c>).</summary>
    public long Revision { get; set; }

    /// <summary>Nobody works here with a password alone.</summary>
    public bool RequiresSecondFactor { get; set; }
}

/// <summary>Where the practice treats.</summary>
public sealed class Location : Row
{
    public required string Name { get; set; }

    /// <summary>Two digits, as on a claim: 11 is an office.</summary>
    public required string PlaceOfService { get; set; }

    /// <summary>Whose claims it makes, as in the encounter JSON: professional, or facility (837I, UB-04).</summary>
    public string Setting { get; set; } = "professional";

    /// <summary>Medicare's locality as contractor and number (06102-16), for prices; empty when not known.</summary>
    public string Locality { get; set; } = "";
}

/// <summary>What the practice charges for a code.</summary>
public sealed class Fee : Row
{
    public required string Code { get; set; }

    /// <summary>Whole cents for one unit.</summary>
    public long Cents { get; set; }
}

/// <summary>A postal address in the United States.</summary>
public sealed class Address
{
    public required string Line { get; set; }

    public required string City { get; set; }

    public required string State { get; set; }

    /// <summary>Five or nine digits.</summary>
    public required string Zip { get; set; }
}

/// <summary>A person who signs in.</summary>
public sealed class Person : IdentityUser<long>
{
    public long PracticeId { get; set; }

    /// <summary>As colleagues know the person.</summary>
    public required string Name { get; set; }

    public Role Role { get; set; }

    /// <summary>The locations whose visits and claims the person sees; empty: the whole practice.</summary>
    public List<long> LocationIds { get; set; } = [];

    /// <summary>May no longer sign in; what the person did stays.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>The account of a program (<see cref="ApiClient"/>): nobody signs in with it, and no list of people has it.
    /// </summary>
    public bool IsProgram { get; set; }

    /// <summary>en or es: the language of the screens; empty: that of the browser.</summary>
    public string Language { get; set; } = "";
}

/// <summary>What a person does in the practice. The application says which permissions a role has.</summary>
public enum Role
{
    Owner = 1,
    Manager = 2,
    Biller = 3,
    Coder = 4,
    Clinician = 5,
    Assistant = 6,
    FrontDesk = 7,
    Auditor = 8,
}

/// <summary>Who treats, orders or supervises.</summary>
public sealed class Provider : Row
{
    public required string Family { get; set; }

    public required string Given { get; set; }

    public required string Npi { get; set; }

    public string Taxonomy { get; set; } = "";

    public string Credential { get; set; } = "";

    /// <summary>The provider who supervises; null: nobody does.</summary>
    public long? SupervisorId { get; set; }
}

/// <summary>Who pays.</summary>
public sealed class Payer : Row
{
    public required string Name { get; set; }

    /// <summary>The payer's id on claims.</summary>
    public required string Number { get; set; }

    /// <summary>As in the encounter JSON: medicare, medicaid, commercial …</summary>
    public required string Kind { get; set; }

    /// <summary>Claim filing indicator: MB, MC, CI …</summary>
    public required string Filing { get; set; }

    /// <summary>
    /// Limits that contract or manual set, as <c>deltoid remit --terms</c> reads them for one payer, without the
    /// contract; an empty object where none is known.
    /// </summary>
    public string Terms { get; set; } = "{}";

    /// <summary>What the payer agreed to pay, as <c>--contracts</c> reads it for one payer; empty: not known.</summary>
    public string Contract { get; set; } = "";
}
