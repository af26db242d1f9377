import { physicalCores } from './physical-cores';

const processor = (socket: number, core: number) =>
  `processor : 0\nphysical id\t: ${socket}\ncore id\t\t: ${core}\n`;

describe('physicalCores', () => {
  it('counts hyper-threads of one core once, and cores of every socket', () => {
    const twoSockets = [processor(0, 0), processor(0, 1), processor(0, 0), processor(1, 0)].join('\n');
    expect(physicalCores(twoSockets, 8)).toBe(3);
  });

  it('gives no more than the process may use', () => {
    expect(physicalCores([processor(0, 0), processor(0, 1)].join('\n'), 1)).toBe(1);
  });

  it('takes what is available where the system names no cores', () => {
    expect(physicalCores('processor\t: 0\nBogoMIPS\t: 50.00\n', 6)).toBe(6);
    expect(physicalCores('', 2)).toBe(2);
  });
});
