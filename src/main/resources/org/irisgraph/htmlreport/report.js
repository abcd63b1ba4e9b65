(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const number = new Intl.NumberFormat('en');
  const at = id => document.getElementById(id);

  /** An element with text or elements in it; never markup, since names come from documents. */
  const element = (name, content = [], properties = {}) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...[content].flat().map(part => part instanceof Node ? part : String(part)));
    return made;
  };
  const show = id => { at(id).hidden = false; };
  const sum = counts => Object.values(counts).reduce((all, count) => all + count, 0);
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const row = (cell, values) => element('tr', values.map(value =>
    element(cell, value, { className: typeof value === 'number' ? 'number' : '' })));
  const table = (id, head, rows) => at(id).replaceChildren(
    element('thead', head), element('tbody', rows));
  const seconds = value => value < 100 ? value.toFixed(1) + ' s' : number.format(Math.round(value)) + ' s';

  const status = data.status;
  at('title').textContent = status.pipeline;
  document.title = status.pipeline + ' · index report';
  at('subtitle').textContent = data.database;
  at('footer').textContent = 'Written by iris-graph-indexer at ' + data.created.slice(0, 19).replace('T', ' ') + ' UTC.';

  const totals = [['documents', sum(status.documents)]];
  Object.entries(status.documents).forEach(([outcome, count]) => totals.push([outcome, count]));
  totals.push(['entities', sum(status.entities)], ['relationships', sum(status.relationships)]);
  if (status.nodes) totals.push(['nodes', sum(status.nodes)]);
  at('totals').append(...totals.map(([label, count]) => element('div',
    [element('dt', label), element('dd', number.format(count))],
    { className: ['rejected', 'partial', 'stale', 'incomplete'].includes(label) && count ? 'bad' : '' })));

  if (status.rejected.length) {
    show('rejected-section');
    table('rejected',
      element('tr', [element('th', 'times', { className: 'number' }),
        ...['code', 'stage', 'what to do', 'such as', 'message'].map(text => element('th', text))]),
      status.rejected.map(reject => row('td',
        [reject.count, reject.code ?? '', reject.stage ?? '',
        data.remedies[reject.code] ?? '', reject.example, reject.message ?? ''])));
  }

  const bars = (id, entries, format = count => number.format(count)) => {
    const most = Math.max(Number.MIN_VALUE, ...entries.map(entry => entry[1]));
    at(id).append(...(entries.length ? entries.slice(0, 20).map(([label, count]) => {
      const bar = element('i');
      bar.style.width = 100 * count / most + '%';
      return element('div', [element('span', label, { title: label }), element('span', bar),
        element('b', format(count))]);
    }) : ['none']));
    if (entries.length > 20) at(id).append(element('p', number.format(entries.length - 20) + ' more', { className: 'faint' }));
  };
  const mostFirst = counts => Object.entries(counts).sort((one, two) => two[1] - one[1]);
  bars('entities', mostFirst(status.entities));
  bars('relationships', mostFirst(status.relationships));

  const timeline = data.timeline;
  if (timeline) {
    show('run-section');
    const all = field => timeline.intervals.reduce((total, interval) => total + interval[field], 0);
    const wall = timeline.intervals.length * timeline.width;
    at('run').textContent = timeline.runId + ': ' + number.format(all('documents')) + ' documents and '
      + number.format(all('rows')) + ' rows stored within ' + seconds(wall) + '.';
    const run = data.run ?? {};
    bars('times', [
      ['reading', run.readingMillis],
      ['extraction', all('extractionMillis')],
      ['waiting for the database', run.waitingMillis],
      ['storing', run.storingMillis ?? all('storageMillis')],
    ].filter(([, millis]) => millis != null), millis => seconds(millis / 1000));
    const times = timeline.intervals.map((interval, index) => index * timeline.width);
    const each = field => timeline.intervals.map(interval =>
      interval.documents ? interval[field] / interval.documents : null);
    const chart = (id, title, label, series) => {
      const ink = style('--ink');
      const axis = { stroke: ink, grid: { stroke: style('--line'), width: 1 }, ticks: { stroke: style('--line') } };
      return new uPlot({
        title, width: at(id).clientWidth, height: 220, scales: { x: { time: false } },
        axes: [{ ...axis, label: 'seconds', labelSize: 20 }, { ...axis, label, labelSize: 20, size: 60 }],
        series: [{ label: 'second' }, ...series],
      }, [times, ...series.map(one => one.values_)], at(id));
    };
    const line = (label, color, values) => ({
      label, values_: values, stroke: color, width: 2, spanGaps: true, points: { show: values.length < 60 },
      value: (plot, value) => value == null ? '–' : number.format(Math.round(value * 10) / 10),
    });
    // Summed up: batches come in bursts, of which the documents of each second would draw a comb.
    let stored = 0;
    const charts = [
      ['stored', chart('stored', 'Documents stored', 'documents', [line('documents', style('--accent'),
        timeline.intervals.map(interval => stored += interval.documents))])],
      ['millis', chart('millis', 'Time of a document', 'ms', [
        line('extraction', style('--accent'), each('extractionMillis')),
        line('storing', '#d97706', each('storageMillis'))])],
      ['batches', chart('batches', 'Time of a batch', 'ms', [
        line('mean', style('--accent'), timeline.intervals.map(interval =>
          interval.batches ? interval.storageMillis / interval.batches : null)),
        line('longest', '#d97706', timeline.intervals.map(interval =>
          interval.batches ? interval.longestBatchMillis : null))])],
    ];
    addEventListener('resize', () => charts.forEach(([id, plot]) =>
      plot.setSize({ width: at(id).clientWidth, height: 220 })));
  }

  const graph = data.graph;
  if (!graph) { show('no-graph'); return; }
  show('graph-section');
  const nodes = new Map(graph.nodes.map(hub => [hub.node.key, hub]));
  at('part').textContent = graph.nodes.length
    ? 'The ' + number.format(graph.nodes.length) + ' nodes of most edges'
      + (status.nodes ? ' of ' + number.format(sum(status.nodes)) : '') + ', and '
      + number.format(graph.edges.length)
      + ' edges between them. Click a node or a name; the command show lists all of its neighbours.'
    : 'The graph has no edge.';

  const palette = ['#2563c9', '#d97706', '#0f8a5f', '#a21caf', '#b42318', '#0e7490', '#6b7280', '#7c6f00'];
  const types = [...new Set(graph.nodes.map(hub => hub.node.type ?? ''))];
  const color = type => palette[Math.min(types.indexOf(type ?? ''), palette.length - 1)];
  at('legend').append(...types.slice(0, palette.length).map(type => {
    const dot = element('i');
    dot.style.background = color(type);
    return element('li', [dot, type || 'no type']);
  }));

  const sentence = proof => {
    const parts = [];
    let end = 0;
    proof.marks.forEach(mark => {
      parts.push(proof.sentence.slice(end, mark.start), element('mark', proof.sentence.slice(mark.start, mark.end)));
      end = mark.end;
    });
    parts.push(proof.sentence.slice(end));
    return element('blockquote', [...parts, element('div', [proof.title, ' · ', proof.document], { className: 'faint' })]);
  };
  const plural = (count, word) => number.format(count) + ' ' + word + (count === 1 ? '' : 's');
  const link = key => element('button', nodes.get(key).node.name,
    { className: 'link', type: 'button', onclick: () => { location.hash = 'node=' + encodeURIComponent(key); } });

  const details = (key, scroll) => {
    const hub = nodes.get(key);
    const facts = [hub.node.type, hub.node.concept, plural(hub.node.documents, 'document'),
      plural(hub.node.mentions, 'mention'), plural(hub.edges, 'edge')].filter(Boolean);
    const parts = [element('h3', hub.node.name), element('p', facts.join(' · '), { className: 'faint' })];
    graph.edges.filter(edge => edge.edge.source === key || edge.edge.target === key).forEach(edge => {
      const other = edge.edge.source === key ? edge.edge.target : edge.edge.source;
      const arrow = !edge.directed ? '— ' : edge.edge.source === key ? '→ ' : '← ';
      parts.push(element('div', [arrow + edge.edge.type + ' ', link(other),
        element('span', ' ' + plural(edge.edge.documents, 'document'), { className: 'faint' })]));
      if (edge.proof) parts.push(sentence(edge.proof));
    });
    if (parts.length === 2) parts.push(element('p', 'None of its neighbours is in this part of the graph.'));
    at('details').replaceChildren(...parts);
    at('details').scrollTop = 0;
    if (drawing) {
      drawing.elements().removeClass('chosen near');
      const chosen = drawing.getElementById(key);
      chosen.addClass('chosen').closedNeighborhood().addClass('near');
    }
    if (scroll) at('details').scrollIntoView({ block: 'nearest' });
  };

  let drawing = null;
  if (graph.nodes.length) {
    const largest = Math.max(...graph.nodes.map(hub => hub.edges));
    drawing = cytoscape({
      container: at('graph'),
      elements: [
        ...graph.nodes.map(hub => ({ data: {
          id: hub.node.key, label: hub.node.name.length > 30 ? hub.node.name.slice(0, 29) + '…' : hub.node.name,
          color: color(hub.node.type), size: 12 + 28 * Math.sqrt(hub.edges / largest) } })),
        ...graph.edges.map((edge, index) => ({ data: {
          id: 'edge ' + index, source: edge.edge.source, target: edge.edge.target,
          arrow: edge.directed ? 'triangle' : 'none', width: 1 + Math.log2(edge.edge.documents) } })),
      ],
      style: [
        { selector: 'node', style: { 'background-color': 'data(color)', width: 'data(size)', height: 'data(size)',
          label: 'data(label)', 'font-size': 11, color: style('--ink'), 'text-outline-color': style('--ground'),
          'text-outline-width': 2, 'min-zoomed-font-size': 7 } },
        { selector: 'edge', style: { 'line-color': style('--faint'), opacity: 0.45, 'target-arrow-color': style('--faint'),
          'target-arrow-shape': 'data(arrow)', 'arrow-scale': 0.7, width: 'data(width)', 'curve-style': 'bezier' } },
        { selector: 'edge.near', style: { 'line-color': style('--accent'), 'target-arrow-color': style('--accent'), opacity: 1 } },
        { selector: 'node.chosen', style: { 'border-width': 3, 'border-color': style('--ink') } },
      ],
      layout: { name: 'cose', animate: false, randomize: false, nodeRepulsion: () => 40000,
        idealEdgeLength: () => 90, padding: 20 },
      minZoom: 0.2, maxZoom: 4,
    });
    let width = drawing.width();
    // A change of the height alone is a phone's bar of addresses, which must not undo a zoom.
    drawing.on('resize', () => {
      if (drawing.width() !== width) drawing.fit(undefined, 20);
      width = drawing.width();
    });
    drawing.on('tap', 'node', event => { location.hash = 'node=' + encodeURIComponent(event.target.id()); });
  }

  const list = () => {
    const wanted = at('filter').value.trim().toLowerCase();
    const matching = graph.nodes.filter(hub => hub.node.name.toLowerCase().includes(wanted));
    table('hubs',
      element('tr', ['name', 'type', 'concept'].map(text => element('th', text)).concat(
        ['edges', 'documents', 'mentions'].map(text => element('th', text, { className: 'number' })))),
      (wanted ? matching : matching.slice(0, 20)).map(hub => row('td', [link(hub.node.key), hub.node.type ?? '',
        hub.node.concept ?? '', hub.edges, hub.node.documents, hub.node.mentions])));
  };
  at('filter').addEventListener('input', list);
  list();

  const follow = scroll => {
    const asked = /^#node=(.*)$/.exec(location.hash);
    let key = graph.nodes.length ? graph.nodes[0].node.key : null;
    try {
      if (asked && nodes.has(decodeURIComponent(asked[1]))) key = decodeURIComponent(asked[1]);
    } catch (e) {
      if (!(e instanceof URIError)) throw e;
    }
    if (key !== null) details(key, scroll);
  };
  addEventListener('hashchange', () => follow(true));
  follow(false);
})();
