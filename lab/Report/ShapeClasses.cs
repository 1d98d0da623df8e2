using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>Gives each shape the CSS class of its colour, the same on the whole page.</summary>
internal sealed class ShapeClasses
{
    private const int Others = 6;

    private readonly Dictionary<string, string> _classes = new()
    {
        ["microservices"] = "shape-microservices",
        ["monolith"] = "shape-monolith",
    };

    public ShapeClasses(IEnumerable<Result> results)
    {
        foreach (var shape in results.SelectMany(r => r.Measurements.Select(m => m.Shape).Concat(r.Timelines.Select(t => t.Shape))))
            _classes.TryAdd(shape, $"shape-{((_classes.Count - 2) % Others) + 1}");
    }

    public string this[string shape] => _classes[shape];
}
