using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// The OPPS cap on imaging (<c>OPPSCAP_Oct.txt</c> of RVU25D): for each code and locality the most that is paid for its
/// technical part or the whole, in lines of 38 columns. The year is in the name of its release alone.
/// </summary>
sealed class PfsCap : OfficialTable
{
    const int LineLength = 38;

    static readonly FixedColumn[] Columns =
    [
        new("HCPCS", 1, 5),
        new("MOD", 6, 7),
        new("PROCSTAT", 9, 9),
        new("CARRIER", 11, 15),
        new("LOCALITY", 18, 19),
        new("FACILITY PRICE", 20, 28),
        new("NON-FACILITY PRICE", 29, 38)
    ];

    public PfsCap() : base("pfs-cap", "OPPS caps of the physician fee schedule", 10_000)
    {
    }

    public override bool Knows(OfficialFile file) => file.IsNamed("OPPSCAP", ".txt");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        if (!PfsRelease.TrySetByPath(release, $"{file.Folder}/{file.Path}") && !PfsRelease.TrySet(release, file.Name))
            throw new OfficialFileException(0, "does not say of which year it is",
                "give the zip it was published in: RVU25D.zip");
        var rows = new FixedRows(file, Columns);
        var before = draft.Caps.Count;
        while (rows.Next())
        {
            rows.CheckLength(LineLength);
            if (!Code.TryParse(rows[0], out var code) || code.Length != 5)
                throw rows.Wrong("HCPCS", "is not a code of five characters");
            if (rows[1].Length == 1) throw rows.Wrong("MOD", "is not a modifier of two characters");
            draft.Caps.Add(new(draft.Id(code), Cell.Two(rows[1]), release.Covers, Locality(rows, draft), Cents(rows, 5),
                Cents(rows, 6), release.Number));
        }
        if (draft.Caps.Count == before) throw new OfficialFileException(0, "has no caps", "download it again");
    }

    /// <summary>MAC and locality, as claims have them: <c>01112-05</c>.</summary>
    static TextRef Locality(FixedRows rows, PackDraft draft)
    {
        if (rows[3].Length != 5 || !Cell.TryInt(rows[3], out _))
            throw rows.Wrong("CARRIER", "is not a number of five digits");
        if (rows[4].Length != 2 || !Cell.TryInt(rows[4], out _))
            throw rows.Wrong("LOCALITY", "is not a number of two digits");
        Span<byte> text = stackalloc byte[8];
        rows[3].CopyTo(text);
        text[5] = (byte)'-';
        rows[4].CopyTo(text[6..]);
        return draft.Text(text);
    }

    static long Cents(FixedRows rows, int at) =>
        rows[at] is [.., (byte)'.', _, _] && Cell.TryRate(rows[at], out var dollars) && dollars.TenThousandths >= 0
            ? dollars.TenThousandths / 100
            : throw rows.Wrong(Columns[at].Name, "is not an amount as 150.69");
}
