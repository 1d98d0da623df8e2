using MsaAspire.Lab.Experiments;

namespace MsaAspire.Lab.Report;

/// <summary>The display names of one experiment; an unknown key is shown as it is.</summary>
internal sealed class Names(Description about)
{
    public Words this[string key] => about.Names.GetValueOrDefault(key) ?? CommonNames.All.GetValueOrDefault(key) ?? new(key, key);
}
