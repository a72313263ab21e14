using System.Globalization;
using Deltoid.Values;

namespace Deltoid.Codes;

internal sealed partial class CodeBookBuilder
{
    void ReadDrugs(Rows rows)
    {
        int drug = rows.Column("drug"), group = rows.Column("group"), brands = rows.Column("brands"),
            slang = rows.Column("slang"), routes = rows.Column("routes"), by = rows.Column("decided_by");
        while (rows.Next())
        {
            var each = AddDrug(new(rows[drug]), new(rows[group]));
            each.DecidedBy = rows[by] switch { "" => DecidedBy.None, "brand" => DecidedBy.Brand,
                "maker" => DecidedBy.Maker, _ => throw rows.Wrong(by, "is neither brand nor maker") };
            AddNames(rows[brands], each.Brands);
            AddNames(rows[slang], each.Slang);
            AddRoutes(rows, routes, each.Routes);
        }
    }

    Drug AddDrug(string name, string group)
    {
        var drug = new Drug(drugs.Count, name, group);
        drugs.Add(drug);
        drugByName[name] = drug;
        return drug;
    }

    static void AddNames(ReadOnlySpan<char> cell, List<string> target)
    {
        while (Rows.NextItem(ref cell, '|', out var name)) target.Add(new(name));
    }

    static void AddRoutes(Rows rows, int column, RowList<Route> target)
    {
        var cell = rows[column];
        while (Rows.NextItem(ref cell, ' ', out var word))
            target.Add(Words.Routes.TryRead(word, out var route)
                ? route
                : throw rows.Wrong(column, "names an unknown route"));
    }

    Drug Named(Rows rows, int column) =>
        drugByName.TryGetValue(new(rows[column]), out var drug)
            ? drug
            : throw rows.Wrong(column, "is not a drug of drugs.tsv");

    void ReadProducts(Rows rows)
    {
        int drug = rows.Column("drug"), hcpcs = rows.Column("hcpcs"), brand = rows.Column("brand"),
            min = rows.Column("min_dose"), max = rows.Column("max_dose"), routes = rows.Column("routes"),
            payers = rows.Column("payers"), condition = rows.Column("condition"), strength = rows.Column("strength"),
            unit = rows.Column("ndc_unit"), source = rows.Column("source");
        while (rows.Next())
        {
            var (from, thru) = StrengthOrNone(rows, strength);
            Named(rows, drug).Products.Add(
                new(rows.Code(hcpcs), new(rows[brand]), AmountOrNone(rows, min), AmountOrNone(rows, max),
                    new(rows[routes]), new(rows[payers]), Source(rows[source]))
            {
                For = PatientOf(rows, condition),
                MinStrength = from,
                MaxStrength = thru,
                NdcUnit = NdcUnitOrNone(rows, unit),
            });
        }
    }

    static ForPatient PatientOf(Rows rows, int column) => rows[column] switch
    {
        "" => ForPatient.Any,
        "dialysis" => ForPatient.InDialysis,
        "-dialysis" => ForPatient.NotInDialysis,
        _ => throw rows.Wrong(column, "is not a condition of a product"),
    };

    static NdcUnit NdcUnitOrNone(Rows rows, int column) => rows[column] switch
    {
        "" => NdcUnit.None,
        "UN" => NdcUnit.UN,
        "GR" => NdcUnit.GR,
        "ML" => NdcUnit.ML,
        "ME" => NdcUnit.ME,
        "F2" => NdcUnit.F2,
        _ => throw rows.Wrong(column, "is not a unit of an NDC quantity"),
    };

    /// <summary><c>300-399</c>, in milligrams a milliliter.</summary>
    static (int From, int Thru) StrengthOrNone(Rows rows, int column)
    {
        var cell = rows[column];
        if (cell.IsEmpty) return (0, 0);
        var hyphen = cell.IndexOf('-');
        if (hyphen > 0 && int.TryParse(cell[..hyphen], NumberStyles.Integer, CultureInfo.InvariantCulture, out var from)
            && int.TryParse(cell[(hyphen + 1)..], NumberStyles.Integer, CultureInfo.InvariantCulture, out var thru))
            return (from, thru);
        throw rows.Wrong(column, "is not a span of strengths");
    }

    void ReadClasses(Rows rows)
    {
        int drug = rows.Column("drug"), kind = rows.Column("class"), payers = rows.Column("payers"),
            condition = rows.Column("condition"), from = rows.Column("from"), thru = rows.Column("thru"),
            source = rows.Column("source");
        var (ofGroup, rowOfGroup) = (new List<Drug>(), new RowList<ClassRow>(512));
        while (rows.Next())
        {
            var drugClass = IndexIn(classNames, new string(rows[kind]).Replace("-", "", StringComparison.Ordinal));
            if (drugClass < 0) throw rows.Wrong(kind, "is not a drug class");
            var row = new ClassRow(rows.Dates(from, thru), (DrugClass)drugClass, new(rows[payers]),
                rows[condition] is "neoplasm", Source(rows[source]));
            if (!rows[drug].StartsWith("group:"))
            {
                Named(rows, drug).Classes.Add(row);
                continue;
            }
            foreach (var each in drugs)
                if (rows[drug][6..].SequenceEqual(each.Group))
                {
                    ofGroup.Add(each);
                    rowOfGroup.Add(row);
                }
        }
        foreach (var each in drugs) Rank(each.Classes);
        for (var i = 0; i < ofGroup.Count; i++)
            ofGroup[i].Classes.Add(rowOfGroup[i]); // a drug's own rows stand before those of its group
    }

    /// <summary>Rows for a payer or a condition before the default, else as filed.</summary>
    static void Rank(RowList<ClassRow> rows)
    {
        if (rows.Count < 2) return;
        var filed = rows.ToArray();
        rows.Clear();
        for (var rank = 0; rank < 4; rank++)
            foreach (var row in filed)
                if ((row.Payers.Length > 0 ? 0 : 2) + (row.NeedsNeoplasm ? 0 : 1) == rank) rows.Add(row);
    }

    void ReadVaccines(Rows rows)
    {
        int code = rows.Column("code"), from = rows.Column("from"), thru = rows.Column("thru"),
            label = rows.Column("label"), names = rows.Column("names"), family = rows.Column("family"),
            components = rows.Column("components"), route = rows.Column("route"), part = rows.Column("part"),
            source = rows.Column("source");
        while (rows.Next())
        {
            var (each, dates) = (rows.Code(code), rows.Dates(from, thru));
            codes.Add(each,
                new(dates, CodeKind.Vaccine, Group.VaccineProduct, Keep(rows[label]), Source(rows[source])));
            units.Add(each, new(dates, new(1, MeasureUnit.Each), false));
            switch (rows[family])
            {
                case "influenza": Join(each, dates, Group.FluVaccine); break;
                case "pneumococcal": Join(each, dates, Group.PneumococcalVaccine); break;
                case "hepatitis-b": Join(each, dates, Group.HepatitisBVaccine); break;
            }
            if (rows[part] is "D") Join(each, dates, Group.PartDVaccine);
            var drug = AddDrug(new(rows[label]), "vaccine");
            AddNames(rows[names], drug.Slang);
            drug.Slang.Add(each.ToString());
            drug.Classes.Add(new(DateRange.Always, DrugClass.Vaccine, "", false, Source(rows[source])));
            drug.Products.Add(new(each, "", default, default, "", "", Source(rows[source])));
            drug.Vaccine = new(each, new(rows[family]), Math.Max(1, rows.Int(components)), new(rows[route]),
                new(rows[part]));
            // a name for the whole family ("flu shot") chooses the administration, but no product
            if (drugByName.TryGetValue(drug.Vaccine.Family.Replace('-', ' ') + " vaccine", out var named)
                || drugByName.TryGetValue(drug.Vaccine.Family + " vaccine", out named))
                named.Vaccine ??= drug.Vaccine with { Code = default, Components = 1 };
        }
    }

    /// <summary>
    /// Codes by code; drugs that have none of their own by name. A code of two routes is judged by its JA or JB. What
    /// one contractor's article says is kept as that and judges nothing: the articles were read in part.
    /// </summary>
    void ReadSelfAdministered(Rows rows)
    {
        int code = rows.Column("code"), drug = rows.Column("drug"), from = rows.Column("from"),
            thru = rows.Column("thru"), source = rows.Column("source"), mac = rows.Column("mac");
        while (rows.Next())
        {
            if (!rows[mac].IsEmpty)
                exclusions.Add(
                    new(rows.Dates(from, thru), rows.Code(code), new(rows[drug]), new(rows[mac]),
                        Source(rows[source])));
            else if (rows[code].IsEmpty) Named(rows, drug).IsSelfAdministered = true;
            else Join(rows.Code(code), rows.Dates(from, thru), Group.SelfAdministered);
        }
    }

    void ReadDoses(Rows rows)
    {
        int drug = rows.Column("drug"), brand = rows.Column("brand"), route = rows.Column("route"),
            max = rows.Column("max_single"), interval = rows.Column("min_interval_days"), age = rows.Column("age_from"),
            usual = rows.Column("usual"), only = rows.Column("routes_only"), source = rows.Column("source");
        while (rows.Next())
        {
            var each = Route.None;
            if (!rows[route].IsEmpty && !Words.Routes.TryRead(rows[route], out each))
                throw rows.Wrong(route, "is not a route");
            Named(rows, drug).Doses.Add(new(new(rows[brand]), each, AmountOrNone(rows, max), rows.Int(interval),
                rows.Int(age), new(rows[only]), Source(rows[source]), RangeOrNone(rows, usual)));
        }
    }

    /// <summary><c>15 mg-60 mg</c>.</summary>
    static (Amount From, Amount Thru) RangeOrNone(in Rows rows, int column)
    {
        var cell = rows[column];
        if (cell.IsEmpty) return default;
        var between = cell.IndexOf('-');
        return between > 0 && Values.Amount.TryParse(cell[..between], out var from)
            && Values.Amount.TryParse(cell[(between + 1)..], out var thru) && from.IsComparableTo(thru)
            && from.Base <= thru.Base
            ? (from, thru) : throw rows.Wrong(column, "is no range of amounts");
    }

    void ReadVials(Rows rows)
    {
        int drug = rows.Column("drug"), ndc = rows.Column("ndc"), strength = rows.Column("strength"),
            amount = rows.Column("amount"), container = rows.Column("container"), source = rows.Column("source");
        while (rows.Next())
        {
            Ndc code = default;
            if (!rows[ndc].IsEmpty && !Ndc.TryParse(rows[ndc], out code, out _)) throw rows.Wrong(ndc, "is not an NDC");
            var kind = ContainerKind.None;
            if (!rows[container].IsEmpty && !Words.Containers.TryRead(rows[container], out kind))
                throw rows.Wrong(container, "is not a container");
            Amount per = default, of = default;
            if (!rows[strength].IsEmpty && Values.Amount.TryParse(rows[strength], out of, out var rest))
                per = rest.IsEmpty
                    ? default
                    : Values.Amount.TryParse(rest, out var volume) ? volume
                    : new(1, Values.Amount.UnitOf(rest));
            Named(rows, drug).Vials.Add(new(code, of, per, AmountOrNone(rows, amount), kind, Source(rows[source])));
        }
    }

    void ReadPolicies(Rows rows)
    {
        int drug = rows.Column("drug"), list = rows.Column("diagnoses"), relation = rows.Column("relation"),
            payers = rows.Column("payers"), from = rows.Column("from"), thru = rows.Column("thru"),
            source = rows.Column("source");
        while (rows.Next())
        {
            var cell = rows[list];
            while (Rows.NextItem(ref cell, ' ', out var diagnosis))
            {
                var row = new PolicyRow(rows.Dates(from, thru), new(diagnosis), rows[relation] is "supports",
                    new(rows[payers]), Source(rows[source]));
                if (!rows[drug].StartsWith("group:")) Named(rows, drug).Policies.Add(row);
                else
                    foreach (var each in drugs)
                        if (rows[drug][6..].SequenceEqual(each.Group)) each.Policies.Add(row);
            }
        }
    }
}
