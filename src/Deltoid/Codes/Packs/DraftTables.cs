using Deltoid.Values;

namespace Deltoid.Codes.Packs;

/// <summary>One table in the making.</summary>
internal abstract class DraftTable
{
    public abstract int Count { get; }

    internal abstract void Truncate(int count);

    /// <summary>Marks the codes, by their first numbers, that some row names.</summary>
    internal virtual void MarkUsed(bool[] used) { }

    /// <summary>Writes the table's section, codes by their final places.</summary>
    internal abstract void Write(PackWriter writer, int[] places);
}

/// <summary>Rows that stay in the order in which they came.</summary>
internal class RowDraft<T>(string name) : DraftTable where T : unmanaged
{
    protected string Name { get; } = name;

    internal RowList<T> Rows { get; } = new(1024);

    public override int Count => Rows.Count;

    public void Add(in T row) => Rows.Add(row);

    internal override void Truncate(int count) => Rows.Truncate(count);

    internal override void Write(PackWriter writer, int[] places)
    {
        if (Count > 0) writer.Add<T>(Name, Rows.Span);
    }
}

/// <summary>Rows of codes, put in the order of the codes.</summary>
sealed class CodedDraft<T>(string name) : RowDraft<T>(name) where T : unmanaged, IPackRow
{
    internal override void MarkUsed(bool[] used)
    {
        foreach (ref readonly var row in Rows.Span)
        {
            used[row.Id] = true;
            if (row is AddOnPairRow { Parent: >= 0 and var parent }) used[parent] = true;
        }
    }

    internal override void Write(PackWriter writer, int[] places)
    {
        if (Count == 0) return;
        var keys = new ulong[Count];
        for (var i = 0; i < keys.Length; i++) keys[i] = ((ulong)(uint)places[Rows[i].Id] << 32) | (uint)i;
        Sorting.Sort(keys);
        var sorted = new T[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var row = Rows[(int)(keys[i] & uint.MaxValue)];
            row.Id = (int)(keys[i] >> 32);
            if (row is AddOnPairRow { Parent: >= 0 } pair)
                row = (T)(object)(pair with { Parent = places[pair.Parent] });
            sorted[i] = row;
        }
        writer.Add<T>(Name, sorted);
    }
}

/// <summary>Pairs of codes: the tables are read into these by the million.</summary>
internal sealed class PairDraft(PackDraft draft) : DraftTable
{
    readonly RowList<ulong> pairs = new(1 << 16); // column one << 32 | column two, by first numbers
    readonly RowList<int> kindOf = new(1 << 16);
    readonly RowList<PairKind> kinds = new(256);
    readonly Dictionary<PairKind, int> numbers = [];
    PairKind latest;
    int latestNumber = -1;

    public override int Count => pairs.Count;

    public void Add(Code one, Code two, in PairKind kind)
    {
        if (latestNumber < 0 || kind != latest) (latest, latestNumber) = (kind, NumberOf(kind));
        pairs.Add(((ulong)(uint)draft.Id(one) << 32) | (uint)draft.Id(two));
        kindOf.Add(latestNumber);
    }

    int NumberOf(in PairKind kind)
    {
        if (numbers.TryGetValue(kind, out var number)) return number;
        kinds.Add(kind);
        return numbers[kind] = kinds.Count - 1;
    }

    internal override void Truncate(int count)
    {
        pairs.Truncate(count);
        kindOf.Truncate(count);
    }

    internal override void MarkUsed(bool[] used)
    {
        foreach (var pair in pairs.Span) used[(int)(pair >> 32)] = used[(int)(pair & uint.MaxValue)] = true;
    }

    // written by name, below: there are two such tables
    internal override void Write(PackWriter writer, int[] places) { }

    internal void Write(PackWriter writer, string name, int[] places, int codes)
    {
        if (Count == 0) return;
        var bits = PairTable.KindBitsFor(codes);
        if (kinds.Count > 1 << bits)
            throw new InputException(name,
                $"has {kinds.Count} patterns of dates, and {1 << bits} can be kept apart beside {codes} codes",
                "compile fewer releases into one book");
        var keys = new ulong[Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = ((ulong)(uint)places[(int)(pairs[i] >> 32)] << 32)
                | ((uint)places[(int)(pairs[i] & uint.MaxValue)] << bits) | (uint)kindOf[i];
        Sorting.Sort(keys);
        var (starts, rows) = PairTable.Cut(keys, codes);
        writer.Add<int>(name + ":at", starts);
        writer.Add<uint>(name, rows);
        writer.Add<PairKind>(name + ":kind", kinds.Span);
    }
}

/// <summary>Diagnoses, ascending as the file has them, with their texts beside them.</summary>
internal sealed class DiagnosisDraft : DraftTable
{
    readonly RowList<ulong> codes = new(1024);
    readonly RowList<DiagnosisTraits> flags = new(1024);
    readonly RowList<TextRef> labels = new(1024);
    readonly RowList<byte> sources = new(1024);

    public override int Count => codes.Count;

    internal (Code Code, DiagnosisTraits Traits, TextRef Label, byte Source) this[int index] =>
        (new(codes[index]), flags[index], labels[index], sources[index]);

    public void Add(Code code, DiagnosisTraits flag, TextRef label, byte source)
    {
        codes.Add(code.Packed);
        flags.Add(flag);
        labels.Add(label);
        sources.Add(source);
    }

    internal override void Truncate(int count)
    {
        codes.Truncate(count);
        flags.Truncate(count);
        labels.Truncate(count);
        sources.Truncate(count);
    }

    internal override void Write(PackWriter writer, int[] places)
    {
        if (Count == 0) return;
        writer.Add<ulong>("icd", codes.Span);
        writer.Add<DiagnosisTraits>("icd:flag", flags.Span);
        writer.Add<TextRef>("icd:label", labels.Span);
        writer.Add<byte>("icd:source", sources.Span);
    }
}
