using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>An action.</summary>
/// <param name="Class">The shape's class when it was done to one shape only at that moment.</param>
internal sealed record PanelMark(double AtSeconds, Words Name, string Class)
{
    public Words InWords => ReportTexts.Event(Name, Numbers.Format(AtSeconds));
}

/// <summary>Where a mark is drawn.</summary>
/// <param name="Row">In which row its label stands, from 0 upwards; -1 when there is no room for one.</param>
internal sealed record PlacedMark(PanelMark Mark, double Percent, bool Leftwards, int Row);

/// <summary>Positions the marks of a panel, so that labels do not overlap.</summary>
internal static class PanelMarks
{
    // The narrowest panel, in pixels, and the widths of letters at the size of a label.
    private const double Panel = 270, Latin = 6.2, Hangul = 11.5, Gap = 8, Middle = 55;
    private const int MostRows = 5;

    /// <summary>Marks of the same name at about the same moment are one, for all shapes.</summary>
    public static List<PanelMark> Of(List<Timeline> lines, Names names, ShapeClasses shapes)
    {
        var near = lines.Max(l => l.Values.Count * l.StepSeconds) * 0.02;
        var marks = new List<PanelMark>();
        foreach (var (mark, shape) in lines.SelectMany(l => l.Marks.Select(m => (m, l.Shape))).OrderBy(m => m.m.AtSeconds))
        {
            var same = marks.FindIndex(m => m.Name == names[mark.Name] && mark.AtSeconds - m.AtSeconds <= near && m.Class != shapes[shape]);
            if (same >= 0)
                marks[same] = marks[same] with { Class = "both" };
            else
                marks.Add(new(mark.AtSeconds, names[mark.Name], lines.Count > 1 ? shapes[shape] : "both"));
        }

        return marks;
    }

    /// <summary>
    /// Labels are right of their lines, in the right part of the panel left of them. They are placed from the middle outwards,
    /// each in the lowest row where it overlaps nothing.
    /// </summary>
    public static List<PlacedMark> Place(List<PanelMark> marks, double seconds)
    {
        var taken = new List<Box>();
        var places = marks.ConvertAll(m => (Mark: m, Percent: seconds > 0 ? 100 * m.AtSeconds / seconds : 0));
        return [.. places.Where(p => p.Percent <= Middle).Reverse().Concat(places.Where(p => p.Percent > Middle)).Select(Put)];

        PlacedMark Put((PanelMark Mark, double Percent) p)
        {
            var leftwards = p.Percent > Middle;
            var (at, width) = (Panel * p.Percent / 100, Math.Max(Estimate(p.Mark.Name.En), Estimate(p.Mark.Name.Ko)) + Gap);
            var box = new Box(at, leftwards ? at - width : at, leftwards ? at : at + width, -1);
            box = Enumerable.Range(0, MostRows).Select(row => box with { Row = row }).FirstOrDefault(r => !taken.Exists(r.Crosses), box);
            taken.Add(box);
            return new(p.Mark, p.Percent, leftwards, box.Row);
        }
    }

    private static double Estimate(string text) => text.Sum(c => c < 0x1100 ? Latin : Hangul);

    private sealed record Box(double At, double From, double To, int Row)
    {
        public bool Crosses(Box other) =>
            (Row == other.Row && From < other.To && other.From < To) || LineCrosses(other) || other.LineCrosses(this);

        // Lines reach up to their own labels.
        private bool LineCrosses(Box other) => Row >= other.Row && other.Row >= 0 && other.From < At && At < other.To;
    }
}
