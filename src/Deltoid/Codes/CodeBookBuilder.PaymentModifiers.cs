using Deltoid.Values;

namespace Deltoid.Codes;

internal sealed partial class CodeBookBuilder
{
    readonly List<PaymentModifierRow> paymentModifiers = [];

    static readonly Vocabulary<ModifierFact> ModifierFacts = new("fact",
        new(ModifierFact.OwnDiagnosis, "own-diagnosis"),
        new(ModifierFact.NoticeSigned, "notice-signed"),
        new(ModifierFact.NoticeVoluntary, "notice-voluntary"),
        new(ModifierFact.NoticeNotGiven, "notice-not-given"),
        new(ModifierFact.Excepted, "excepted"),
        new(ModifierFact.NonExcepted, "non-excepted"));

    void ReadPaymentModifiers(Rows rows)
    {
        int set = rows.Column("set"), lines = rows.Column("lines"), list = rows.Column("codes"),
            except = rows.Column("except"), payers = rows.Column("payers"), setting = rows.Column("setting"),
            place = rows.Column("places"), modifier = rows.Column("modifier"), diagnoses = rows.Column("diagnoses"),
            with = rows.Column("with"), without = rows.Column("without"), routes = rows.Column("routes"),
            fact = rows.Column("fact"), asks = rows.Column("asks"), from = rows.Column("from"),
            thru = rows.Column("thru"), source = rows.Column("source");
        while (rows.Next())
        {
            var (ofSetting, ofFact, ofModifier) = (Setting.None, ModifierFact.None, default(Modifier));
            if (!rows[setting].IsEmpty && !Words.Settings.TryRead(rows[setting], out ofSetting))
                throw rows.Wrong(setting, "is not a setting");
            if (!rows[fact].IsEmpty && !ModifierFacts.TryRead(rows[fact], out ofFact))
                throw rows.Wrong(fact, "is not a fact that earns a modifier");
            if (!rows[modifier].IsEmpty && !Modifier.TryParse(rows[modifier], out ofModifier))
                throw rows.Wrong(modifier, "is not a modifier");
            paymentModifiers.Add(new()
            {
                Set = new(rows[set]),
                IsOfDrugs = rows[lines] is "drug",
                Codes = CodesIn(rows, list),
                Except = CodesIn(rows, except),
                Payers = new(rows[payers]),
                Setting = ofSetting,
                Places = CodesIn(rows, place),
                Modifier = ofModifier,
                Diagnoses = Beginnings(rows[diagnoses]),
                With = Beginnings(rows[with]),
                Without = Beginnings(rows[without]),
                Routes = new(rows[routes]),
                Fact = ofFact,
                Asks = new(rows[asks]),
                Dates = rows.Dates(from, thru),
                Source = Source(rows[source]),
            });
        }
    }

    Code[] CodesIn(Rows rows, int column)
    {
        rows.Codes(column, scratch);
        return scratch.ToArray();
    }

    static string[] Beginnings(ReadOnlySpan<char> cell)
    {
        var all = new RowList<string>();
        while (Rows.NextItem(ref cell, ' ', out var word))
            all.Add(word.ToString().Replace(".", "", StringComparison.Ordinal));
        return all.ToArray();
    }
}
