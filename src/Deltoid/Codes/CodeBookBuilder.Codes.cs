using Deltoid.Values;

namespace Deltoid.Codes;

internal sealed partial class CodeBookBuilder
{
    /// <summary>What Deltoid codes: of these the shipped tables of pairs have every row.</summary>
    void ReadProcedures(Rows rows)
    {
        int code = rows.Column("code"), from = rows.Column("from"), thru = rows.Column("thru"),
            label = rows.Column("label"), source = rows.Column("source");
        while (rows.Next())
            codes.Add(rows.Code(code),
                new(rows.Dates(from, thru), CodeKind.Procedure, Group.PairsKnown, Keep(rows[label]),
                    Source(rows[source])));
    }

    void ReadHcpcs(Rows rows)
    {
        int code = rows.Column("code"), from = rows.Column("from"), thru = rows.Column("thru"),
            label = rows.Column("label"), source = rows.Column("source"), unit = rows.Column("unit"),
            upTo = rows.Column("upto"), next = rows.Column("successors");
        while (rows.Next())
        {
            var (each, dates) = (rows.Code(code), rows.Dates(from, thru));
            codes.Add(each, new(dates, CodeKind.Drug, Group.DrugCode, Keep(rows[label]), Source(rows[source])));
            if (!rows[unit].IsEmpty)
            {
                if (!Values.Amount.TryParse(rows[unit], out var amount, out var second))
                    throw rows.Wrong(unit, "is not an amount with a unit");
                var row = new BillingUnitRow(dates, amount, rows.Flag(upTo), ByFirst: !second.IsEmpty);
                units.Add(each, row);
                if (row.IsPerDose) Join(each, dates, Group.PerDoseDrug);
            }
            rows.Codes(next, scratch);
            if (scratch.Count > 0) successors.At(each.Packed, out _) = scratch.ToArray();
        }
    }

    /// <summary>The codes of the published list that no other table has.</summary>
    void ReadLevelTwo(Rows rows)
    {
        int code = rows.Column("code"), from = rows.Column("from"), thru = rows.Column("thru"),
            label = rows.Column("label"), source = rows.Column("source"),
            drug = rows.Column("drug"), unit = rows.Column("unit"), upTo = rows.Column("upto");
        var known = Known();
        while (rows.Next())
        {
            var (each, dates, isDrug) = (rows.Code(code), rows.Dates(from, thru), rows.Flag(drug));
            if (known.TryGet(each.Packed, out _)) continue;
            codes.Add(each,
                new(dates, isDrug ? CodeKind.Drug : CodeKind.Procedure, isDrug ? Group.DrugCode : CodeGroups.None,
                    Keep(rows[label]), Source(rows[source])));
            if (rows[unit].IsEmpty) continue;
            var row = new BillingUnitRow(dates, Amount(rows, unit), rows.Flag(upTo));
            units.Add(each, row);
            if (row.IsPerDose) Join(each, dates, Group.PerDoseDrug);
        }
    }

    /// <summary>Codes without texts, as far as no other table has them.</summary>
    void ReadListed(Rows rows)
    {
        int list = rows.Column("codes"), from = rows.Column("from"), thru = rows.Column("thru"),
            source = rows.Column("source");
        var known = Known();
        while (rows.Next())
        {
            rows.Codes(list, scratch);
            foreach (var code in scratch)
                if (!known.TryGet(code.Packed, out _))
                    codes.Add(code,
                        new(rows.Dates(from, thru), CodeKind.Procedure, CodeGroups.None, default,
                            Source(rows[source])));
        }
    }

    PackedMap<int> Known()
    {
        var known = new PackedMap<int>(1 << 14);
        foreach (ref readonly var code in codes.Codes.Span) known.At(code.Packed, out _) = 1;
        return known;
    }

    static Amount Amount(Rows rows, int column) =>
        Values.Amount.TryParse(rows[column], out var amount)
            ? amount
            : throw rows.Wrong(column, "is not an amount with a unit");

    static Amount AmountOrNone(Rows rows, int column) => rows[column].IsEmpty ? default : Amount(rows, column);

    void ReadGroups(Rows rows)
    {
        int group = rows.Column("group"), list = rows.Column("codes"), from = rows.Column("from"),
            thru = rows.Column("thru");
        while (rows.Next())
        {
            var number = IndexIn(groupNames, rows[group]);
            if (number < 0) throw rows.Wrong(group, "is not a group");
            rows.Codes(list, scratch);
            foreach (var code in scratch) Join(code, rows.Dates(from, thru), CodeGroups.Of((GroupBit)number));
        }
    }

    void ReadFees(Rows rows)
    {
        int code = rows.Column("code"), mod = rows.Column("mod"), from = rows.Column("from"),
            thru = rows.Column("thru"), status = rows.Column("status"), work = rows.Column("work"),
            nf = rows.Column("pe_nf"), f = rows.Column("pe_f"), mp = rows.Column("mp"), nfNa = rows.Column("nf_na"),
            fNa = rows.Column("f_na"), pcTc = rows.Column("pctc"), global = rows.Column("global"),
            mult = rows.Column("mult"), bilat = rows.Column("bilat"), source = rows.Column("source"),
            endo = rows.Column("endo"), capNf = rows.Column("cap_nf"), capF = rows.Column("cap_f"),
            capMp = rows.Column("cap_mp");
        while (rows.Next())
        {
            Modifier part = default;
            if (!rows[mod].IsEmpty && !Modifier.TryParse(rows[mod], out part))
                throw rows.Wrong(mod, "is not a modifier");
            var row = new FeeRow(rows.Dates(from, thru), rows[status].IsEmpty ? ' ' : rows[status][0],
                rows.Decimal(work), rows.Decimal(nf), rows.Decimal(f), rows.Decimal(mp), rows.Flag(nfNa),
                rows.Flag(fNa), (byte)rows.Int(pcTc), CodeOrNone(rows, global), (byte)rows.Int(mult),
                (byte)rows.Int(bilat), Source(rows[source]), part, CodeOrNone(rows, endo), rows.Decimal(capNf),
                rows.Decimal(capF), rows.Decimal(capMp));
            (part.IsNone ? fees : feeParts).Add(rows.Code(code), row);
        }
    }

    void ReadUnitLimits(Rows rows)
    {
        int code = rows.Column("code"), table = rows.Column("table"), from = rows.Column("from"),
            thru = rows.Column("thru"), value = rows.Column("value"), mai = rows.Column("mai"),
            source = rows.Column("source");
        while (rows.Next())
        {
            var row = new UnitLimitRow(rows.Dates(from, thru), false, rows.Int(value), (byte)rows.Int(mai),
                Source(rows[source]));
            if (rows[table] is "practitioner" or "both") limits.Add(rows.Code(code), row);
            if (rows[table] is "outpatient" or "both") limits.Add(rows.Code(code), row with { Outpatient = true });
        }
    }

    void ReadAsp(Rows rows)
    {
        int code = rows.Column("code"), from = rows.Column("from"), thru = rows.Column("thru"),
            limit = rows.Column("limit"), coinsurance = rows.Column("coinsurance"), source = rows.Column("source");
        while (rows.Next())
            asp.Add(rows.Code(code),
                new(rows.Dates(from, thru), rows.Decimal(limit), rows.Decimal(coinsurance), Source(rows[source])));
    }

    void ReadOpps(Rows rows)
    {
        int code = rows.Column("code"), from = rows.Column("from"), thru = rows.Column("thru"), si = rows.Column("si"),
            rate = rows.Column("rate"), source = rows.Column("source");
        while (rows.Next())
            opps.Add(rows.Code(code),
                new(rows.Dates(from, thru), CodeOrNone(rows, si),
                    rows[rate].IsEmpty ? OppsRow.NoRate : Money.Round(rows.Decimal(rate)), Source(rows[source])));
    }

    void ReadPairs(Rows rows)
    {
        int one = rows.Column("col1"), table = rows.Column("table"), indicator = rows.Column("indicator"),
            from = rows.Column("from"), thru = rows.Column("thru"), two = rows.Column("col2"),
            source = rows.Column("source");
        while (rows.Next())
        {
            rows.Codes(two, scratch);
            var (twos, row) = (scratch.ToArray(),
                new PairRow(rows.Dates(from, thru), (byte)rows.Int(indicator), Source(rows[source])));
            rows.Codes(one, scratch);
            foreach (var each in scratch)
                (rows[table] is "hospital" ? hospitalPairs : practitionerPairs).Add(new(each, twos, row));
        }
    }

    void ReadAddOns(Rows rows)
    {
        int code = rows.Column("code"), type = rows.Column("type"), parents = rows.Column("parents"),
            from = rows.Column("from"), thru = rows.Column("thru"), source = rows.Column("source");
        while (rows.Next())
        {
            if (rows[parents] is "*") scratch.Clear();
            else rows.Codes(parents, scratch);
            Under(addOns, rows.Code(code).Packed)
                .Add(new(rows.Dates(from, thru), (byte)rows.Int(type), scratch.ToArray(), Source(rows[source])));
        }
    }

    void ReadPlaces(Rows rows)
    {
        int code = rows.Column("code"), name = rows.Column("name"), facility = rows.Column("facility"),
            from = rows.Column("from"), thru = rows.Column("thru");
        while (rows.Next())
            Under(places, rows.Code(code).Packed).Add(new(rows.Code(code), new(rows[name]), rows[facility] is "F",
                rows.Dates(from, thru)));
    }

    void ReadDepartments(Rows rows)
    {
        int kind = rows.Column("kind"), place = rows.Column("place"), code = rows.Column("code"),
            from = rows.Column("from"), thru = rows.Column("thru"), source = rows.Column("source");
        while (rows.Next())
        {
            var group = rows[kind] is "bill" ? CodeGroups.None
                : IndexIn(groupNames, rows[kind]) is >= 0 and var number ? CodeGroups.Of((GroupBit)number)
                : throw rows.Wrong(kind, "is not a group");
            departments.Add(new(group, rows[place].IsEmpty ? default : rows.Code(place), rows.Code(code),
                rows.Dates(from, thru), Source(rows[source])));
        }
    }

    /// <summary>Phrases with | between them, and the codes that they may mean, the likeliest first.</summary>
    void ReadPhrases(Rows rows)
    {
        int said = rows.Column("said"), codes = rows.Column("codes"), source = rows.Column("source");
        while (rows.Next())
        {
            Source(rows[source]);
            var meant = new RowList<Code>(8);
            var list = rows[codes];
            while (Rows.NextItem(ref list, ' ', out var each))
                meant.Add(Code.TryParse(each, out var code) ? code : throw rows.Wrong(codes, "is not a code"));
            var words = rows[said];
            while (Rows.NextItem(ref words, '|', out var phrase))
                phrases[FindWords.Joined(new(phrase))] = meant.ToArray();
        }
    }

    void ReadModifiers(Rows rows)
    {
        int code = rows.Column("code"), label = rows.Column("label"), groups = rows.Column("groups"),
            from = rows.Column("from"), thru = rows.Column("thru"), source = rows.Column("source");
        while (rows.Next())
        {
            if (!Modifier.TryParse(rows[code], out var modifier)) throw rows.Wrong(code, "is not a modifier");
            var flags = ModifierGroups.None;
            var cell = rows[groups];
            while (Rows.NextItem(ref cell, ' ', out var word))
                flags |= IndexIn(modifierGroupNames, word) is > 0 and var bit
                    ? (ModifierGroups)(1 << (bit - 1))
                    : throw rows.Wrong(groups, "names an unknown group");
            Under(modifiers, modifier.Packed).Add(new(modifier, rows.Dates(from, thru), flags, new(rows[label]),
                Source(rows[source])));
        }
    }

    void ReadLocalities(Rows rows)
    {
        int from = rows.Column("from"), thru = rows.Column("thru"), mac = rows.Column("mac"),
            state = rows.Column("state"), number = rows.Column("locality"), name = rows.Column("name"),
            work = rows.Column("work"), pe = rows.Column("pe"), mp = rows.Column("mp"), source = rows.Column("source");
        while (rows.Next())
            localities.Add(new(rows.Dates(from, thru), new(rows[mac]), new(rows[number]), new(rows[state]),
                new(rows[name]), rows.Decimal(work), rows.Decimal(pe), rows.Decimal(mp), Source(rows[source])));
    }

    void ReadFactors(Rows rows)
    {
        int from = rows.Column("from"), thru = rows.Column("thru"), kind = rows.Column("kind"),
            factor = rows.Column("factor"), source = rows.Column("source");
        while (rows.Next())
            factors.Add(new(rows.Dates(from, thru), rows[kind] is "qp", rows.Decimal(factor), Source(rows[source])));
    }

    void ReadSettings(Rows rows)
    {
        int kind = rows.Column("kind"), id = rows.Column("id"), name = rows.Column("setting"),
            value = rows.Column("value"), from = rows.Column("from"), thru = rows.Column("thru");
        while (rows.Next())
        {
            var each = PayerKind.None;
            if (rows[kind] is not "*" && !Words.PayerKinds.TryRead(rows[kind], out each))
                throw rows.Wrong(kind, "is not a kind of payer");
            if (!PayerSettings.IsSetting(rows[name])) throw rows.Wrong(name, "is not a setting of a payer");
            if (!PayerSettings.IsValue(rows[name], rows[value]))
                throw rows.Wrong(value, "is not a value of this setting");
            settings.Add(new(each, new(rows[id]), new(rows[name]), new(rows[value]), rows.Dates(from, thru)));
        }
    }

    static RowList<T> Under<T>(PackedMap<RowList<T>> all, ulong key)
    {
        ref var list = ref all.At(key, out var added);
        if (added) list = new RowList<T>();
        return list;
    }

    /// <summary>
    /// The position of a word among names, without regard to case, or -1. (Enum.TryParse costs milliseconds the first
    /// time.)
    /// </summary>
    static int IndexIn(string[] names, ReadOnlySpan<char> word)
    {
        for (var i = 0; i < names.Length; i++)
            if (word.Equals(names[i], StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}
