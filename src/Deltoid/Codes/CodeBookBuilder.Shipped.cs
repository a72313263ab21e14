using System.Runtime.InteropServices;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// The shipped rows as a pack. The build reads the row files once and writes what <see cref="Build"/> made of them as
/// it lies in memory, so that opening is mapping. Beside it stand the rows before groups cut them, for official rows
/// are laid over those, and the small tables as text, which are read when first asked for.
/// </summary>
internal sealed partial class CodeBookBuilder
{
    /// <summary>Tables that are packed as they are looked up.</summary>
    static readonly string[] Packed =
        ["procedures", "hcpcs", "level2", "cpt", "groups", "pfs", "mue", "asp", "opps", "ncci", "addons", "icd10",
            "ndcs"];

    /// <summary>Tables of drugs, which are read together when a drug is first asked for.</summary>
    static readonly string[] DrugFiles =
        ["drugs", "vaccines", "products", "classes", "policies", "doses", "vials", "bundles", "sad"];

    /// <summary>All other tables, of a few hundred rows.</summary>
    static string[] PlainFiles =>
        Array.FindAll(Files, static name => Array.IndexOf(Packed, name) < 0 && Array.IndexOf(DrugFiles, name) < 0);

    Column<byte> shippedText;
    Column<ulong> shippedCodes;
    PairTable? shippedPractitionerPairs, shippedHospitalPairs;

    /// <summary>A fiscal year of diagnoses, whose rows stand together.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    readonly record struct DiagnosisYear(DateRange Dates, int Count, byte Source);

    /// <summary>The bytes of the pack: the same rows give the same bytes.</summary>
    /// <param name="textOf">The bytes of a row file.</param>
    /// <exception cref="RowException">A row does not read.</exception>
    internal static byte[] Pack(string version, DateOnly release, Func<string, byte[]> textOf)
    {
        var builder = new CodeBookBuilder(version);
        foreach (var name in Files) builder.Read(name, textOf(name));
        var (book, writer) = (builder.Build(), new PackWriter());
        writer.Add<ulong>("codes", book.CodeOfId.Span);
        book.Ids.Write(writer);
        WriteRuns(writer, "code", book.Codes);
        WriteRuns(writer, "unit", book.BillingUnits);
        WriteRuns(writer, "fee", book.Fees);
        WriteRuns(writer, "part", book.FeeParts);
        WriteRuns(writer, "mue", book.UnitLimits);
        WriteRuns(writer, "asp", book.AspLimits);
        WriteRuns(writer, "opps", book.Opps);
        WriteRuns(writer, "next", book.SuccessorsOf);
        WriteRuns(writer, "addon", book.AddOns);
        writer.Add<Code>("addon:parent", book.AddOnParents.Span);
        book.PractitionerPairs.Write(writer, "ptp-practitioner");
        book.HospitalPairs.Write(writer, "ptp-hospital");
        WriteDiagnoses(writer, book.DiagnosisTables);
        writer.Add<DateRange>("asp:days", book.PricedDays.Span);
        writer.Add<Code>("filed:code", builder.codes.Codes.Span);
        writer.Add<CodeRow>("filed", builder.codes.Rows.Span);
        writer.Add<Membership>("member", builder.memberships.Span);
        foreach (var name in (string[])[.. PlainFiles, .. DrugFiles]) writer.Add<byte>("rows:" + name, textOf(name));
        writer.Add<byte>("rows:ndcs", textOf("ndcs"));
        var index = BookFind.Of(book, official: null);
        writer.Add<byte>("text", index.Text.Span);
        index.Write(writer);
        return writer.Write(new(release, new string('0', 64), []));
    }

    static void WriteRuns<T>(PackWriter writer, string name, Runs<T> runs) where T : unmanaged
    {
        writer.Add<int>(name + ":at", runs.Starts);
        writer.Add<T>(name, runs.Rows);
    }

    static void WriteDiagnoses(PackWriter writer, DiagnosisTable[] tables)
    {
        var (codes, traits, labels) = (new RowList<ulong>(1 << 18), new RowList<DiagnosisTraits>(1 << 18),
            new RowList<TextRef>(1 << 18));
        var years = new RowList<DiagnosisYear>(4);
        foreach (var table in tables)
        {
            table.AddTo(codes, traits, labels);
            years.Add(new(table.Dates, table.Count, table.Source));
        }
        writer.Add<DiagnosisYear>("icd:year", years.Span);
        writer.Add<ulong>("icd", codes.Span);
        writer.Add<DiagnosisTraits>("icd:flag", traits.Span);
        writer.Add<TextRef>("icd:label", labels.Span);
    }

    /// <summary>The shipped book over its mapped pack.</summary>
    /// <exception cref="InputException">The pack was made by another version.</exception>
    internal static CodeBook Open(Pack pack, string version)
    {
        var text = pack.Column<byte>("text");
        var book = new CodeBook(version)
        {
            Shipped = pack,
            PricedDays = pack.Column<DateRange>("asp:days"),
            Text = text,
            CodeOfId = pack.Codes,
            Ids = new(pack.Column<ulong>("id:key"), pack.Column<int>("id")),
            Codes = DatedRuns<CodeRow>(pack, "code"),
            BillingUnits = DatedRuns<BillingUnitRow>(pack, "unit"),
            Fees = DatedRuns<FeeRow>(pack, "fee"),
            FeeParts = DatedRuns<FeeRow>(pack, "part"),
            UnitLimits = DatedRuns<UnitLimitRow>(pack, "mue"),
            AspLimits = DatedRuns<AspRow>(pack, "asp"),
            Opps = DatedRuns<OppsRow>(pack, "opps"),
            SuccessorsOf = new(pack.Column<int>("next:at"), pack.Column<Code>("next")),
            AddOns = DatedRuns<AddOnRow>(pack, "addon"),
            AddOnParents = pack.Column<Code>("addon:parent"),
            PractitionerPairs = PairsOf(pack, "ptp-practitioner"),
            HospitalPairs = PairsOf(pack, "ptp-hospital"),
            DiagnosisTables = DiagnosesOf(pack, text),
            Ndcs = new(pack.Column<byte>("rows:ndcs")),
            Plain = new(() => Small(pack, PlainFiles).PlainTables()),
            DrugTables = new(() => Small(pack, ["sources", .. DrugFiles]).DrugTables()),
        };
        book.KnownThru = CodeBook.QuarterEnd(book.Release);
        return book;
    }

    static DatedRuns<T> DatedRuns<T>(Pack pack, string name) where T : unmanaged, IDated =>
        new(pack.Column<int>(name + ":at"), pack.Column<T>(name));

    static PairTable PairsOf(Pack pack, string name) =>
        new(pack.Column<int>(name + ":at"), pack.Column<uint>(name), pack.Column<PairRow>(name + ":kind"),
            PairTable.KindBitsFor(pack.Codes.Count));

    static DiagnosisTable[] DiagnosesOf(Pack pack, Column<byte> text)
    {
        var (codes, traits, labels, years) = (pack.Column<ulong>("icd"), pack.Column<DiagnosisTraits>("icd:flag"),
            pack.Column<TextRef>("icd:label"), pack.Column<DiagnosisYear>("icd:year"));
        var (tables, from) = (new DiagnosisTable[years.Count], 0);
        for (var i = 0; i < tables.Length; from += years[i++].Count)
        {
            var count = years[i].Count;
            tables[i] = new(codes.Slice(from, count), traits.Slice(from, count), labels.Slice(from, count), text,
                years[i].Dates, years[i].Source, isWhole: true);
        }
        return tables;
    }

    static CodeBookBuilder Small(Pack pack, string[] files)
    {
        var builder = new CodeBookBuilder("");
        foreach (var name in files) builder.Read(name, pack.Column<byte>("rows:" + name).Span);
        return builder;
    }

    /// <summary>A builder with the rows of the shipped book, for official ones to be laid over.</summary>
    internal static CodeBookBuilder Over(CodeBook shipped, string version)
    {
        var (builder, pack) = (new CodeBookBuilder(version), shipped.Shipped!);
        foreach (var name in (string[])[.. PlainFiles, .. DrugFiles])
            builder.Read(name, pack.Column<byte>("rows:" + name).Span);
        builder.Take(shipped, pack);
        return builder;
    }

    /// <summary>Takes the mapped rows; what the small tables say of codes is among them.</summary>
    void Take(CodeBook shipped, Pack from)
    {
        ndcs = shipped.Ndcs;
        (shippedText, shippedCodes, diagnoses) = (shipped.Text, shipped.CodeOfId, shipped.DiagnosisTables);
        (shippedPractitionerPairs, shippedHospitalPairs) = (shipped.PractitionerPairs, shipped.HospitalPairs);
        (codes, memberships) = (new(1 << 15), new(4096));
        codes.Codes.AddAll(from.Column<Code>("filed:code").Span);
        codes.Rows.AddAll(from.Column<CodeRow>("filed").Span);
        memberships.AddAll(from.Column<Membership>("member").Span);
        units = FiledOf(shipped, shipped.BillingUnits);
        fees = FiledOf(shipped, shipped.Fees);
        feeParts = FiledOf(shipped, shipped.FeeParts);
        limits = FiledOf(shipped, shipped.UnitLimits);
        asp = FiledOf(shipped, shipped.AspLimits);
        opps = FiledOf(shipped, shipped.Opps);
        for (var id = 0; id < shipped.CodeCount; id++)
        {
            if (shipped.SuccessorsOf[id] is { IsEmpty: false } next)
                successors.At(shipped[id].Packed, out _) = next.ToArray();
            foreach (ref readonly var row in shipped.AddOns[id])
                Under(addOns, shipped[id].Packed).Add(new(row.Dates, row.Type, shipped.Parents(row).ToArray(),
                    row.Source));
        }
    }

    static Filed<T> FiledOf<T>(CodeBook book, Runs<T> runs) where T : unmanaged
    {
        var filed = new Filed<T>(runs.Rows.Length);
        filed.Rows.AddAll(runs.Rows);
        for (var id = 0; id < book.CodeCount; id++)
            for (var i = runs.Starts[id]; i < runs.Starts[id + 1]; i++) filed.Codes.Add(book[id]);
        return filed;
    }

    /// <summary>The id in a book of each of a pack's codes.</summary>
    static int[] IdsOf(CodeBook book, ReadOnlySpan<ulong> codes)
    {
        var ids = new int[codes.Length];
        for (var i = 0; i < ids.Length; i++) ids[i] = book.Id(new(codes[i]));
        return ids;
    }

    /// <summary>Marks the codes of tables that go by the ids of a pack.</summary>
    static void Mark(CodeBook book, bool[] paired, ReadOnlySpan<ulong> codes, params ReadOnlySpan<PairTable?> tables)
    {
        var own = new bool[codes.Length];
        foreach (var table in tables) table?.MarkPaired(own);
        for (var i = 0; i < own.Length; i++)
            if (own[i]) paired[book.Id(new(codes[i]))] = true;
    }
}
