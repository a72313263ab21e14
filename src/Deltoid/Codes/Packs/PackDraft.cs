using System.Text;
using Deltoid.Values;

namespace Deltoid.Codes.Packs;

/// <summary>
/// What is read of official files before it becomes a pack: rows of every table, codes numbered as they come. A file
/// that turns out to be unreadable is taken back as a whole. Belongs to one thread.
/// </summary>
internal sealed class PackDraft
{
    /// <summary>Sources are numbered by a byte, together with those of the shipped rows.</summary>
    public const int MostSources = 180;

    readonly PackedMap<int> ids = new(1 << 16);
    readonly RowList<Code> codes = new(1 << 15);
    readonly RowList<byte> text = new(1 << 20);
    readonly Dictionary<ulong, TextRef> texts = [];
    readonly List<DraftTable> tables = [];

    public PackDraft()
    {
        (PractitionerPairs, HospitalPairs) = (new PairDraft(this), new PairDraft(this));
        tables.AddRange([PractitionerPairs, HospitalPairs]);
        Mues = Coded<MueRow>("mue");
        AddOns = Coded<AddOnPairRow>("addon");
        Hcpcs = Coded<HcpcsRow>("hcpcs");
        Rvus = Coded<RvuRow>("rvu");
        Caps = Coded<CapRow>("cap");
        AspLimits = Coded<AspLimitRow>("asp");
        NdcCodes = Coded<NdcCodeRow>("ndc-code");
        Addendum = Coded<AddendumRow>("opps");
        Vaccines = Coded<VaccineRow>("vaccine");
        Conversions = Plain<ConversionRow>("factor");
        Modifiers = Plain<HcpcsModifierRow>("modifier");
        Gpcis = Plain<GpciRow>("gpci");
        Zips = Plain<ZipRow>("zip");
        Packages = Plain<PackageRow>("package");
        Products = Plain<ProductRow>("product");
        Taxonomies = Plain<TaxonomyRow>("taxonomy");
        Listed = Plain<ListedRow>("listed");
        Diagnoses = new();
        tables.Add(Diagnoses);
    }

    public PairDraft PractitionerPairs { get; }
    public PairDraft HospitalPairs { get; }
    public RowDraft<MueRow> Mues { get; }
    public RowDraft<AddOnPairRow> AddOns { get; }
    public RowDraft<HcpcsRow> Hcpcs { get; }
    public RowDraft<RvuRow> Rvus { get; }
    public RowDraft<CapRow> Caps { get; }
    public RowDraft<AspLimitRow> AspLimits { get; }
    public RowDraft<NdcCodeRow> NdcCodes { get; }
    public RowDraft<AddendumRow> Addendum { get; }
    public RowDraft<VaccineRow> Vaccines { get; }
    public RowDraft<ConversionRow> Conversions { get; }
    public RowDraft<HcpcsModifierRow> Modifiers { get; }
    public RowDraft<GpciRow> Gpcis { get; }
    public RowDraft<ZipRow> Zips { get; }
    public RowDraft<PackageRow> Packages { get; }
    public RowDraft<ProductRow> Products { get; }
    public RowDraft<TaxonomyRow> Taxonomies { get; }
    public RowDraft<ListedRow> Listed { get; }
    public DiagnosisDraft Diagnoses { get; }

    /// <summary>The files that were read, in their order; a row names its file by its place here.</summary>
    public List<PackSource> Sources { get; } = [];

    /// <summary>The number of a code, given as it is first met.</summary>
    public int Id(Code code)
    {
        ref var id = ref ids.At(code.Packed, out var added);
        if (added)
        {
            id = codes.Count;
            codes.Add(code);
        }
        return id;
    }

    /// <summary>Puts a text into the pool, once however often it comes.</summary>
    public TextRef Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return default;
        ref var known =
            ref System.Runtime.InteropServices.CollectionsMarshal
                .GetValueRefOrAddDefault(texts, Hash(utf8), out var exists);
        if (exists && text.Span.Slice(known.Start, known.Length).SequenceEqual(utf8)) return known;
        known = new(text.Count, utf8.Length);
        text.AddAll(utf8);
        return known;
    }

    public TextRef Text(string value) => Text(Encoding.UTF8.GetBytes(value));

    internal string TextOf(TextRef each) => Encoding.UTF8.GetString(text.Span.Slice(each.Start, each.Length));

    internal Code CodeOf(int id) => codes[id];

    static ulong Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in utf8) hash = unchecked((hash ^ b) * 1099511628211UL); // a hash: the product is meant to wrap
        return hash;
    }

    /// <summary>Where all tables stand now.</summary>
    internal int[] Mark() => [.. tables.Select(static t => t.Count)];

    /// <summary>Takes back everything since a mark.</summary>
    internal void TakeBack(int[] mark)
    {
        for (var i = 0; i < mark.Length; i++) tables[i].Truncate(mark[i]);
    }

    /// <summary>All rows since a mark.</summary>
    internal int CountSince(int[] mark) => tables.Select((t, i) => t.Count - mark[i]).Sum();

    /// <summary>The pack's bytes.</summary>
    /// <param name="release">Its day; the newest of the sources' first days when null.</param>
    /// <exception cref="InputException">Nothing was read, or more date patterns than pairs can name.</exception>
    public byte[] Write(DateOnly? release = null)
    {
        if (Sources.Count == 0)
            throw new InputException("", "nothing of what was given is a table that is known here",
                "see 'deltoid codes compile --help' for what is");
        var used = new bool[codes.Count];
        foreach (var table in tables) table.MarkUsed(used);
        var sorted = Sorted(used);
        var places = new int[codes.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            ids.TryGet(sorted[i], out var old);
            places[old] = i;
        }
        var writer = new PackWriter();
        writer.Add<ulong>("codes", sorted);
        PractitionerPairs.Write(writer, "ptp-practitioner", places, sorted.Length);
        HospitalPairs.Write(writer, "ptp-hospital", places, sorted.Length);
        foreach (var table in tables) table.Write(writer, places);
        writer.Add<byte>("text", text.Span);
        new PackFind(this).Build().Write(writer);
        var newest = Sources.Max(static s => s.Covers.FromDay);
        return writer.Write(new(release ?? DateOnly.FromDayNumber(newest), new string('0', 64), [.. Sources]));
    }

    ulong[] Sorted(bool[] used)
    {
        var list = new RowList<ulong>(codes.Count);
        for (var i = 0; i < used.Length; i++)
            if (used[i]) list.Add(codes[i].Packed);
        var sorted = list.ToArray();
        Sorting.Sort(sorted);
        return sorted;
    }

    RowDraft<T> Coded<T>(string name) where T : unmanaged, IPackRow
    {
        var table = new CodedDraft<T>(name);
        tables.Add(table);
        return table;
    }

    RowDraft<T> Plain<T>(string name) where T : unmanaged
    {
        var table = new RowDraft<T>(name);
        tables.Add(table);
        return table;
    }
}
