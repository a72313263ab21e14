using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Botulinum toxin (INJ-022): the disease decides the code, by its name or its diagnosis; anatomy alone decides
/// nothing. Spasticity counts limbs, and the muscles of each.
/// </summary>
internal static class Chemodenervation
{
    /// <summary>The most muscles of the lower code: four of a limb, five of the trunk (CPT 64642 to 64647).</summary>
    const int FewOfLimb = 4, FewOfTrunk = 5;

    const string Trunk = "trunk";

    /// <summary>
    /// A limb or the trunk, with what was given there; no count of muscles when the chart has none for it alone.
    /// </summary>
    sealed class Limb(string name, Side side)
    {
        public string Name { get; } = name;

        public Side Side { get; set; } = side;

        public int Muscles { get; set; }

        public List<Given> Givens { get; } = [];

        public bool IsMany => Muscles > (Name == Trunk ? FewOfTrunk : FewOfLimb);
    }

    public static void Bill(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.Toxin);
        var limbs = new List<Limb>();
        foreach (var given in all)
        {
            var row = RowOf(visit, given);
            if (Charted(visit, given, row) is { } procedure) Join(visit, given, procedure);
            else if (row is not null) Bill(visit, given, row, limbs);
            else Unknown(visit, given);
        }
        BillLimbs(visit, limbs);
        foreach (var given in all) BillGuide(visit, given);
    }

    /// <summary>
    /// The charted procedure of this disease; else one that no drug belongs to yet: the chart's own code decides.
    /// </summary>
    static Draft? Charted(Case visit, Given given, ToxinRow? row)
    {
        var charted = visit.Drafts.FindAll(d => d.Part == Part.Procedure && IsToxinCode(visit, d.Code));
        charted.RemoveAll(d => d.Where.Compare(given.Where) == Likeness.Different);
        return charted.Find(d => row is not null && IsOf(visit, row, d.Code)) ?? charted.Find(d => d.Givens.Count == 0);
    }

    static void Join(Case visit, Given given, Draft procedure)
    {
        procedure.Givens.Add(given);
        procedure.Where = procedure.Where.Completed(given.Where);
        SiteProcedures.MarkSide(visit, procedure, given, procedure.Where.Side);
    }

    static bool IsOf(Case visit, ToxinRow row, Code code) =>
        Array.IndexOf(row.Codes, code) >= 0 || (row.Kind == ToxinKind.Muscles && IsByMuscles(visit, code));

    static bool IsToxinCode(Case visit, Code code)
    {
        foreach (var row in visit.Book.Toxins)
            if (row.Kind != ToxinKind.Guide && Array.IndexOf(row.Codes, code) >= 0) return true;
        return IsByMuscles(visit, code);
    }

    static bool IsByMuscles(Case visit, Code code)
    {
        foreach (var row in visit.Book.Levels)
            if (row.Kind is "limb" or Trunk && row.Has(code)) return true;
        return false;
    }

    static void Unknown(Case visit, Given given)
    {
        visit.Ask(given, Questions.Target, Answer.Unknown, given.At(Field.Target));
        visit.Say(CodingFindings.TargetNotNamed, given.At(Field.Target));
    }

    static void Bill(Case visit, Given given, ToxinRow row, List<Limb> limbs)
    {
        if (row.Kind == ToxinKind.Scope)
        {
            Unknown(visit, given);
            return;
        } // which scope, only its charted code says
        if (row.Kind == ToxinKind.Muscles)
        {
            AddLimbs(visit, given, limbs);
            return;
        }
        var code = Arg.Of(row.Code);
        visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Target), code, value: code);
        given.Where = BodySite.Of(row.Structure, row.Kind == ToxinKind.Sided ? given.Where.Side : Side.Both);
        SiteProcedures.AddStructure(visit, given, row.Code);
    }

    /// <summary>
    /// By the disease's name; else by the diagnosis; several are distinguished by the diagnosis, then by where it was
    /// given.
    /// </summary>
    static ToxinRow? RowOf(Case visit, Given given)
    {
        var words = given.Words + " " + given.Indication;
        var rows = visit.Book.Toxins.Where(row => row.Kind != ToxinKind.Guide).ToList();
        var named = rows.FindAll(row => Phrase.Match(words, row.Words) > 0);
        var diagnosed = rows.FindAll(row => OwnRoutes.HasDiagnosis(visit, given, row.Diagnoses));
        if (named.Count == 1) return named[0];
        if (named.Count > 1)
            return Only(named.FindAll(diagnosed.Contains)) ?? Only(named.FindAll(row => IsThere(given, row)));
        if (diagnosed.Count == 1) return IsElsewhere(visit, given, diagnosed[0]) ? null : diagnosed[0];
        if (diagnosed.Count > 1) return Only(diagnosed.FindAll(row => IsThere(visit, given, row)));
        if (given.Charted.Route != Route.Intradetrusor) return null;
        return Only(rows.FindAll(row => Phrase.Match("detrusor", row.Anatomy) > 0));
    }

    static ToxinRow? Only(List<ToxinRow> rows) => rows.Count == 1 ? rows[0] : null;

    static bool IsThere(Given given, ToxinRow row) => Phrase.Match(given.Words, row.Anatomy) > 0;

    /// <summary>Spasticity has no anatomy but limbs and trunk.</summary>
    static bool IsThere(Case visit, Given given, ToxinRow row) =>
        row.Kind == ToxinKind.Muscles ? BodySite.Term(visit.Book, "limb", given.Words).Length > 0 : IsThere(given, row);

    /// <summary>A limb or the trunk is charted, and the one diagnosis is of another place.</summary>
    static bool IsElsewhere(Case visit, Given given, ToxinRow row) =>
        row.Kind != ToxinKind.Muscles && !IsThere(given, row)
        && BodySite.Term(visit.Book, "limb", given.Words).Length > 0;

    static void AddLimbs(Case visit, Given given, List<Limb> limbs)
    {
        var own = LimbsOf(visit.Book, given);
        if (own.Count == 0)
        {
            Unknown(visit, given);
            return;
        }
        if (given.Charted.Muscles is not { } muscles)
        {
            visit.Ask(given, Questions.LimbMuscles, Answer.Unknown, given.At(Field.Muscles));
            visit.Say(CodingFindings.LimbMusclesNotCharted, given.At(Field.Muscles), Case.Name(given));
            return;
        }
        // one count for several limbs decides only when no limb can have more than the lower code's
        if (own.Count > 1 && muscles - (own.Count - 1) > FewOfLimb)
        {
            visit.Ask(given, Questions.LimbMuscles, Answer.Unknown, given.At(Field.Muscles));
            visit.Say(CodingFindings.MusclesByLimb, given.At(Field.Muscles), Arg.Count(own.Count));
            return;
        }
        var at = given.At(Field.Muscles);
        visit.Ask(given, Questions.LimbMuscles, Answer.Value, at, Arg.Count(own.Count), Arg.Count(muscles));
        foreach (var (name, side) in own)
        {
            var limb = LimbFor(visit, given, name, side, limbs);
            limb.Muscles += own.Count > 1 ? 1 : muscles;
            limb.Givens.Add(given);
        }
    }

    /// <summary>
    /// The limb that an earlier entry named, or a new one. A side that only one of them has is asked.
    /// </summary>
    static Limb LimbFor(Case visit, Given given, string name, Side side, List<Limb> limbs)
    {
        var limb = limbs.Find(l => l.Name == name && (l.Side == side || l.Side == Side.None || side == Side.None));
        if (limb is null) limbs.Add(limb = new(name, side));
        else if (limb.Side != side)
            visit.Say(CodingFindings.SameOrAnother, given.At(Field.Site), Arg.Of(RowFor(visit, limb).First));
        if (limb.Side == Side.None) limb.Side = side;
        return limb;
    }

    /// <summary>
    /// The limbs that site and target name: "right arm and left leg" are two, "both legs" two, the trunk one.
    /// </summary>
    static List<(string Name, Side Side)> LimbsOf(CodeBook book, Given given)
    {
        var limbs = new List<(string Name, Side Side)>();
        foreach (var text in new[] { given.Charted.Site, given.Charted.Target }) AddLimbs(book, text, limbs);
        // one text has the limb, the other its side
        var sided = limbs.FindAll(limb => limb.Side != Side.None);
        limbs.RemoveAll(limb => limb.Side == Side.None && sided.Exists(other => other.Name == limb.Name));
        return limbs;
    }

    static void AddLimbs(CodeBook book, string text, List<(string Name, Side Side)> limbs)
    {
        var side = Side.None;
        var parts = text.Replace(" and ", ",", StringComparison.OrdinalIgnoreCase).Split([',', ';', '&', '+', '/']);
        foreach (var part in parts)
        {
            var words = DrugName.Fold(part);
            var name = BodySite.Term(book, "limb", words);
            if (SideOfLimb(book, words) is var own and not Side.None) side = own;
            if (name == "all")
                foreach (var each in Limbs) AddSides(limbs, each, Side.Both);
            else if (name == Trunk) AddOnce(limbs, (Trunk, Side.None));
            else if (name.Length > 0)
                AddSides(limbs, name, side == Side.None && IsPlural(book, words) ? Side.Both : side);
        }
    }

    static readonly string[] Limbs = ["arm", "leg"];

    static bool IsPlural(CodeBook book, string words) => BodySite.Term(book, "limb-plural", words).Length > 0;

    static void AddSides(List<(string Name, Side Side)> limbs, string name, Side side)
    {
        if (side != Side.Left) AddOnce(limbs, (name, side == Side.Both ? Side.Right : side));
        if (side is Side.Both or Side.Left) AddOnce(limbs, (name, Side.Left));
    }

    static Side SideOfLimb(CodeBook book, string words)
    {
        var side = BodySite.SideOf(book, words);
        if (side != Side.None) return side;
        return BodySite.Term(book, "limb-side", words) switch
        {
            "right" => Side.Right,
            "left" => Side.Left,
            _ => Side.None
        };
    }

    static void AddOnce(List<(string Name, Side Side)> limbs, (string Name, Side Side) limb)
    {
        if (!limbs.Contains(limb)) limbs.Add(limb);
    }

    /// <summary>
    /// The first limb by its muscles, the one with more first; each further limb its own code; the trunk once.
    /// </summary>
    static void BillLimbs(Case visit, List<Limb> limbs)
    {
        var first = true;
        foreach (var limb in limbs.OrderByDescending(l => l.IsMany))
        {
            var row = RowFor(visit, limb);
            var code = limb.Name == Trunk || first ? row.First : row.Second;
            if (limb.Name != Trunk) first = false;
            var line = visit.Drafts.Find(d => d.Code == code);
            if (line is null)
            {
                line = visit.Bill(limb.Givens[0], code);
                var at = limb.Givens[0].At(Field.Site);
                visit.Ask(line, Questions.Target, Answer.Value, at, Arg.Of(code), value: Arg.Of(code));
            }
            else line.Units += Quantity.One;
            foreach (var given in limb.Givens)
                if (!line.Givens.Contains(given)) line.Givens.Add(given);
        }
    }

    static LevelRow RowFor(Case visit, Limb limb)
    {
        var (kind, count) = (limb.Name == Trunk ? Trunk : "limb", limb.IsMany ? "many" : "few");
        return visit.Book.Levels.First(row => row.Kind == kind && row.Region == count);
    }

    /// <summary>
    /// EMG or stimulation that guided the needle: one of the two, once, where it is an add-on of what was billed
    /// (NCCI manual XI-N-14).
    /// </summary>
    static void BillGuide(Case visit, Given given)
    {
        var text = given.GuidanceWords;
        var guides = visit.Book.Toxins.Where(row => row.Kind == ToxinKind.Guide).ToList();
        if (guides.Find(row => Phrase.Match(text, row.Words) > 0) is not { } guide) return;
        if (BodySite.HasTerm(visit.Book, "guidance", "none", text)) return;
        if (visit.Drafts.Exists(d => guides.Exists(row => row.Code == d.Code))) return;
        if (visit.Book.AddOn(guide.Code, visit.Date) is not { } addOn) return;
        if (!visit.Drafts.Exists(d => !d.LeftOff && visit.Book.Parents(addOn).IndexOf(d.Code) >= 0)) return;
        var line = visit.Bill(given, guide.Code);
        visit.Ask(line, Questions.Guided, Answer.Yes, given.At(Field.Guidance));
    }
}
